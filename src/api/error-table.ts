import table from '../../api/errors.json' with { type: 'json' }
import type { ErrorTable } from './errors.ts'

/** The whole table of `api/errors.json`. Bundled, so that hints are there where no file can be read. */
export const errorTable: ErrorTable = table
