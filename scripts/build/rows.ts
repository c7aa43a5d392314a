/** The shapes of all rows of the local cloud, read from their types, so that a file that is imported can be held against them. */
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync'
import type { RowShape } from '../../src/cloud/store/row-shape.ts'

const header = '// Written by scripts/build.ts from the types of src/cloud/state.ts: do not edit, it is not committed.\n'
const deepest = 20

function shapeOf(type: Type, checker: Checker, depth: number): RowShape {
  if (depth > deepest) throw new Error('a row is deeper than rows may be, or of a type that holds itself')
  if (type.isUnionType()) return unionOf(type.getTypes() ?? [], checker, depth)
  if (type.isStringLiteralType() || type.isNumberLiteralType() || type.isBooleanLiteralType()) return { is: [type.value] }
  if (type.flags & TypeFlags.String) return 'string'
  if (type.flags & TypeFlags.Number) return 'number'
  if (type.flags & TypeFlags.Boolean) return 'boolean'
  if (type.flags & TypeFlags.Unknown) return 'any'
  // `object`: whatever is in it.
  if (type.flags & TypeFlags.NonPrimitive) return { each: 'any' }
  // A template such as `${string}/${number}`.
  if (type.flags & TypeFlags.TemplateLiteral) return 'string'
  if (checker.isTupleType(type) && type.isTypeReference())
    return { tuple: checker.getTypeArguments(type).map((item) => shapeOf(item, checker, depth + 1)) }
  if (checker.isArrayLikeType(type) && type.isTypeReference()) {
    const [item] = checker.getTypeArguments(type)
    return item === undefined ? 'any' : [shapeOf(item, checker, depth + 1)]
  }
  const fields = checker.getPropertiesOfType(type)
  const [index] = checker.getIndexInfosOfType(type)
  if (index !== undefined && fields.length === 0) return { each: shapeOf(index.valueType, checker, depth + 1) }
  const shapes = fields.map((field) => {
    const of = checker.getTypeOfSymbol(field)
    if (of === undefined) throw new Error(`the type of ${field.name} is not known`)
    return [field.name, shapeOf(of, checker, depth + 1)] as const
  })
  return { fields: Object.fromEntries(shapes) }
}

function unionOf(types: readonly Type[], checker: Checker, depth: number): RowShape {
  const optional = types.some((type) => type.flags & TypeFlags.Undefined)
  const shapes = types.filter((type) => !(type.flags & TypeFlags.Undefined)).map((type) => shapeOf(type, checker, depth))
  const literals = shapes.flatMap((shape) => (typeof shape === 'object' && 'is' in shape ? shape.is : []))
  const others = shapes.filter((shape) => !(typeof shape === 'object' && 'is' in shape))
  const isBoolean = literals.includes(true) && literals.includes(false)
  const values = isBoolean ? literals.filter((value) => typeof value !== 'boolean') : literals
  const all: RowShape[] = [...others, ...(isBoolean ? (['boolean'] as const) : []), ...(values.length > 0 ? [{ is: values }] : [])]
  const [only] = all
  const shape: RowShape = all.length === 1 && only !== undefined ? only : { oneOf: all }
  return optional ? { optional: shape } : shape
}

/** What holds tables in `src/cloud/state.ts`: all but one in one object. */
const declared = ['tables', 'transitions'] as const

/** `src/cloud/generated/row-shapes.ts`: by table, the shape of its rows. */
export function rowShapesModule(root: string): string {
  const api = new API({ cwd: root })
  try {
    const project = api.updateSnapshot({ openProjects: [`${root}/tsconfig.json`] }).getProjects()[0]
    const file = project?.program.getSourceFile(`${root}/src/cloud/state.ts`)
    if (project === undefined || file === undefined) throw new Error('src/cloud/state.ts is not part of the project')
    const { checker } = project
    const rowOf = (name: string, type: Type | undefined): [string, RowShape] => {
      const row = type?.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined
      if (row === undefined) throw new Error(`the rows of ${name} are of no known type`)
      return [name, shapeOf(row, checker, 0)]
    }
    const shapes = declared.flatMap((name) => {
      const type = checker.getTypeAtPosition(file.fileName, file.text.indexOf(` ${name} = `) + 1)
      if (type?.isTypeReference()) return [rowOf(name, type)]
      const tables = type === undefined ? [] : checker.getPropertiesOfType(type)
      return tables.map((table) => rowOf(table.name, checker.getTypeOfSymbol(table)))
    })
    const lines = shapes.map(([name, shape]) => `  ${name}: ${JSON.stringify(shape)},`)
    return `${header}import type { RowShape } from '../store/row-shape.ts'\n\nexport const rowShapes: Readonly<Record<string, RowShape>> = {\n${lines.join('\n')}\n}\n`
  } finally {
    api.close()
  }
}
