import { createCloud } from '../../src/cloud/index.ts'
import { EcsClient, RamClient } from '../../src/client/index.ts'
import { regionIds } from '../../src/api/regions.ts'
