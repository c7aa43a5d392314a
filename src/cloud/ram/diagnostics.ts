import { fault } from '../fault.ts'
import { ram } from '../operation.ts'
import { needed } from './fields.ts'

/** What `authorize` wrote into a refusal, as it was written. */
const decode = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString())
  } catch {
    return undefined
  }
}

/** Tells in the clear why a call was denied. The code for a message that is none is unconfirmed. */
export const DecodeDiagnosticMessage = ram('DecodeDiagnosticMessage', ['EncodedDiagnosticMessage'], (input) => {
  const message = decode(needed(input.EncodedDiagnosticMessage, 'EncodedDiagnosticMessage'))
  if (typeof message !== 'object' || message === null)
    throw fault('InvalidParameter.EncodedDiagnosticMessage', 'The specified EncodedDiagnosticMessage is not valid.')
  return { DecodedDiagnosticMessage: message }
})
