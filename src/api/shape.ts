/**
 * The vocabulary of `api/operations/**`: how an operation is written down as data.
 *
 * A shape looks like the value it describes: `"string"` is a string, `["string"]` a list of strings,
 * `{ "Key": "string" }` an object and `{ "*": "string" }` a map with free keys.
 */
export type Scalar = 'string' | 'number' | 'boolean' | 'any'
export type ObjectShape = { readonly [field: string]: Shape }
export type Shape = Scalar | readonly [Shape] | ObjectShape

/** How a listing operation is read to its end. */
export interface Paging {
  /** Page-number style: the input takes PageNumber and PageSize. */
  readonly number?: true
  /** Token style: the name of the input field that carries the answer's token on (`NextToken`, or RAM's `Marker`). */
  readonly token?: 'NextToken' | 'Marker'
  /** The input field that limits a token-style page. */
  readonly limit?: 'MaxResults' | 'MaxItems'
  /** Where the items lie in the answer, e.g. `Instances.Instance`. */
  readonly list: string
}

export interface Operation {
  readonly input: ObjectShape
  /** Paths of `input` that must be given; an index is left out: `Tag.Key`. */
  readonly required?: readonly string[]
  /** Paths of `input` that travel as JSON in one string, not as a repeat list (`Name.1`). */
  readonly json?: readonly string[]
  /** Paths of `input` that travel as one comma-separated string. */
  readonly comma?: readonly string[]
  /** Paths of `input` that Alibaba calls deprecated. */
  readonly deprecatedInput?: readonly string[]
  /** The values a path of `input` takes, where the documentation lists them. */
  readonly values?: { readonly [path: string]: readonly string[] }
  readonly output: ObjectShape
  readonly paging?: Paging
  /** True when the operation changes nothing. */
  readonly readOnly?: true
  readonly deprecated?: true
}

export type Family = { readonly [action: string]: Operation }

export const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
export const isObject = (shape: Shape): shape is ObjectShape => typeof shape === 'object' && !Array.isArray(shape)
/** The shape of a map's values, or undefined when the object has named fields. */
export const mapValue = (shape: ObjectShape): Shape | undefined => shape['*']
