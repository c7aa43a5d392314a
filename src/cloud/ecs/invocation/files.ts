import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { encoded } from '../command/content.ts'
import { demandTimeout } from '../command/script.ts'
import { beginInvocation } from './begin.ts'
import { targetsOf } from './targets.ts'

const mostTargets = 50
/** Of the Base64 form. */
const mostBytes = 32 * 1024

/** @throws Fault FileContentType.Invalid, FileContent.DecodeError, FileSize.ExceedLimit */
function demandContent(content: string, type: string): void {
  demand(['PlainText', 'Base64'].includes(type), 'FileContentType.Invalid', 'The specified ContentType is not valid.')
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(content) && content.length % 4 === 0
  demand(type === 'PlainText' || isBase64, 'FileContent.DecodeError', 'The specified Content is not Base64.')
  const bytes = type === 'PlainText' ? encoded(content).length : content.length
  demand(bytes <= mostBytes, 'FileSize.ExceedLimit', 'The size of the specified Content exceeds the limit.')
}

/** A file that lies there already fails unless it may be overwritten; only those that were sent before are known. */
export const SendFile = ecs(
  'SendFile',
  [
    'Content',
    'ContentType',
    'Description',
    'FileGroup',
    'FileMode',
    'FileOwner',
    'InstanceId',
    'Name',
    'Overwrite',
    'ResourceGroupId',
    'Tag',
    'TargetDir',
    'Timeout',
  ],
  (input, context) => {
    const { Content, ContentType = 'PlainText', Description = '', FileMode = '0644', Name, TargetDir, Timeout = 60 } = input
    const { FileGroup = 'root', FileOwner = 'root' } = input
    demandContent(Content, ContentType)
    demand(Description.length <= 512, 'FileDesc.ExceedLimit', 'The length of the specified Description exceeds the limit.')
    demand(Name !== '' && Name.length <= 255, 'FileName.ExceedLimit', 'The length of the specified Name exceeds the limit.')
    demand(/^0?[0-7]{3}$/.test(FileMode), 'FileMode.Invalid', 'The specified FileMode is not valid.')
    const isPath = TargetDir.length <= 255 && /^(?:\/|[A-Za-z]:[\\/])/.test(TargetDir)
    demand(isPath, 'FileTargetDir.Invalid', 'The specified TargetDir is not valid.')
    // The length of a user's and a group's name, and the code of one that is too long, are unconfirmed.
    demand(FileOwner.length <= 64 && FileGroup.length <= 64, 'InvalidParameter', 'The specified FileOwner or FileGroup is not valid.')
    const targets = targetsOf(input, mostTargets, context)
    const file = {
      name: Name,
      description: Description,
      targetDir: TargetDir,
      content: Content,
      contentType: ContentType,
      owner: FileOwner,
      group: FileGroup,
      mode: FileMode,
      overwrite: input.Overwrite === true,
      timeout: demandTimeout(Timeout),
    }
    return { InvokeId: beginInvocation({ file }, targets, input, context).id }
  },
)
