import * as images from './ecs/images.ts'
import type { Handler } from './operation.ts'
import type { Product } from '../api/products.ts'

/** Every operation the cloud emulates. A module's exports are its operations, named by their Action; add the module here. */
export const handlers = {} as { readonly [product in Product]: { readonly [action: string]: Handler } }
