import type { Sliceable } from '../../engine/table.ts'
import { demand } from '../../fault.ts'
import { isPageNumber, type Page, page, type PageInput } from '../../paging.ts'

const most = 50

/**
 * Cuts one page of a list of Cloud Assistant: 10 rows unless asked otherwise, at most 50.
 * @throws Fault InvalidParam.PageNumber, InvalidParam.PageSize, both with `status`
 */
export function assistantPage<R>(rows: Sliceable<R>, input: PageInput, status = 403): Page<R> {
  const { PageNumber = 1, PageSize = 10 } = input
  demand(isPageNumber(PageNumber), 'InvalidParam.PageNumber', 'The specified PageNumber is not valid.', status)
  const fits = Number.isInteger(PageSize) && PageSize >= 1 && PageSize <= most
  demand(fits, 'InvalidParam.PageSize', 'The specified PageSize is not valid.', status)
  return page(rows, input, { maxSize: most, maxResults: [10, most] })
}
