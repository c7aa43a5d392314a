import { demandStrictDescription, demandStrictName } from '../../ecs/values.ts'

interface Texts {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
}

/**
 * @param nameCode what a name is refused by; that of router interfaces is documented without its last e
 * @throws Fault `nameCode`, InvalidDescription.Malformed
 */
export function demandTexts({ Name, Description }: Texts, nameCode = 'InvalidName.Malformed'): void {
  demandStrictName(Name, 'Name', nameCode, 400)
  demandStrictDescription(Description, 'InvalidDescription.Malformed')
}
