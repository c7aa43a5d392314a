import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import type { Caller } from '../../ram/identity.ts'
import { demandReady, namedTargets } from '../invocation/targets.ts'
import { demandOneOf } from '../values.ts'
import { assistantId } from './ids.ts'
import type { TerminalSession } from './records.ts'
import { sessionsEnabled } from './settings.ts'

/** Milliseconds that the address of a session is good for, and that a session is remembered. */
const times = { url: 600_000, kept: 30 * 86_400_000 } as const
/** Instances of one session; open ones in a region, and on an instance; those that are remembered. */
const limits = { instances: 10, open: 100, perInstance: 20, kept: 1_000 } as const

const isOpen = ({ connections }: TerminalSession) => connections.some((connection) => connection.status === 'Connecting')

interface Asked {
  readonly CommandLine?: string | undefined
  readonly ConnectionType?: string | undefined
  readonly EncryptionOptions?:
    | {
        readonly Enabled?: boolean | undefined
        readonly KMSKeyId?: string | undefined
        readonly Mode?: string | undefined
      }
    | undefined
  readonly InstanceId: readonly string[]
  readonly PasswordName?: string | undefined
  readonly PortNumber?: number | undefined
  readonly TargetServer?: string | undefined
  readonly Username?: string | undefined
}

/** @throws Fault of what does not go together, is too long or is not valid */
function demandManner(input: Asked): void {
  const { CommandLine = '', TargetServer = '', PasswordName = '', Username = '', PortNumber, EncryptionOptions = {} } = input
  demandOneOf(input.ConnectionType, ['Internet', 'Intranet'], 'ConnectionType', 'InvalidParameter.ConnectionType')
  const isPort = PortNumber === undefined || (Number.isInteger(PortNumber) && PortNumber >= 1 && PortNumber <= 65_535)
  demand(isPort, 'PortNumber.Invalid', 'The port number is not valid.')
  const alone = CommandLine === '' || (PortNumber === undefined && TargetServer === '')
  demand(alone, 'InvalidCommandLine.Conflict', 'PortNumber and TargetServer cannot be given with CommandLine.')
  const hasPort = TargetServer === '' || PortNumber !== undefined
  demand(hasPort, 'InvalidTargetServer.MissingPortNumber', 'PortNumber must be given with TargetServer.')
  demand(CommandLine.length <= 512, 'InvalidCommandLine.LengthLimitExceeded', 'The length of CommandLine exceeds the limit.')
  demand(TargetServer.length <= 128, 'InvalidTargetServer.LengthLimitExceeded', 'The length of TargetServer exceeds the limit.')
  demand(PasswordName.length <= 255, 'InvalidPasswordName.LengthLimitExceeded', 'The length of PasswordName exceeds the limit.')
  demand(Username.length <= 255, 'Username.ExceedLimit', 'The length of the specified Username exceeds the limit.')
  const single = input.InstanceId.length === 1 || (CommandLine === '' && TargetServer === '')
  demand(single, 'InvalidInstanceIds.CountLimitExceeded', 'One instance can be given with TargetServer or CommandLine.')
  // With which code wrong options of the encryption are refused is unconfirmed.
  const { Enabled = false, Mode = '', KMSKeyId = '' } = EncryptionOptions
  const options =
    ['', 'Auto', 'Kms'].includes(Mode) && (Enabled || Mode === '') && (KMSKeyId === '' || Mode === 'Kms') && KMSKeyId.length <= 128
  demand(options, 'InvalidParameter', 'The specified EncryptionOptions is not valid.')
}

function identityOf(caller: Caller): Pick<TerminalSession, 'identityType' | 'principalId'> {
  if (caller.kind === 'user') return { identityType: 'RAMUser', principalId: caller.userId }
  if (caller.kind === 'role') return { identityType: 'AssumedRoleUser', principalId: `${caller.roleId}:${caller.sessionName}` }
  return { identityType: 'Account', principalId: caller.accountId }
}

function makeRoom({ state, accountId, regionId }: Context): void {
  const held = state.terminalSessions.list({ accountId, regionId })
  const [oldest] = held.length < limits.kept ? [] : held.slice(held.length - 1, held.length)
  if (oldest) state.terminalSessions.delete(oldest.id)
}

/**
 * Nothing answers at the address that is given: a session stays Connecting until it is ended or its address has expired.
 * The token is kept nowhere. With which code an instance that does not run is refused is unconfirmed, and so is the host of an Intranet address.
 */
export const StartTerminalSession = ecs(
  'StartTerminalSession',
  ['CommandLine', 'ConnectionType', 'EncryptionOptions', 'InstanceId', 'PasswordName', 'PortNumber', 'TargetServer', 'Username'],
  (input, context) => {
    const { state, accountId, regionId, random, now, schedule, caller } = context
    demand(sessionsEnabled(context), 'UserBehavior.SessionManagerDisabled', 'Session Manager is disabled by the account.')
    const ids = [...new Set(input.InstanceId)]
    demand(ids.length >= 1 && ids.length <= limits.instances, 'InstanceIds.ExceedLimit', 'From 1 to 10 instance ids can be given.')
    demandManner({ ...input, InstanceId: ids })
    demandReady(namedTargets(ids, context))
    const open = state.terminalSessions.list({ accountId, regionId, where: isOpen }).length
    const busy = ids.some((id) => state.terminalSessions.by('instance', id).filter(isOpen).length >= limits.perInstance)
    demand(open < limits.open && !busy, 'SessionCount.ExceedLimit', 'The number of sessions exceeds the limit.')
    makeRoom(context)
    const { id } = state.terminalSessions.put({
      id: assistantId('s', regionId, random),
      accountId,
      regionId,
      connections: ids.map((instanceId) => ({ instanceId, status: 'Connecting', startedAt: now })),
      ...identityOf(caller),
      username: input.Username ?? '',
      targetServer: input.TargetServer ?? '',
      ...(input.PortNumber !== undefined && { portNumber: input.PortNumber }),
      createdAt: now,
    })
    schedule('terminal.expired', id, times.url)
    schedule('terminal.forgotten', id, times.kept)
    const SecurityToken = random.uuid()
    const host = `${regionId}${input.ConnectionType === 'Intranet' ? '-vpc' : ''}.axt.aliyuncs.com`
    return { SessionId: id, SecurityToken, WebSocketUrl: `wss://${host}/session?sessionId=${id}&token=${SecurityToken}` }
  },
)

/** Closes what is open of a session. */
function close(
  session: TerminalSession,
  status: 'Terminated' | 'Failed',
  closedReason: string,
  { state, now }: Pick<LifeContext, 'state' | 'now'>,
): void {
  const connections = session.connections.map((each) =>
    each.status === 'Connecting' ? ({ ...each, status, endedAt: now, closedReason } as const) : each,
  )
  state.agenda.cancel(`terminal.expired:${session.id}`)
  state.terminalSessions.put({ ...session, connections })
}

/** One that has ended stays as it is (unconfirmed). */
export const EndTerminalSession = ecs('EndTerminalSession', ['SessionId'], ({ SessionId }, context) => {
  const session = owned(context.state.terminalSessions.get(SessionId), context)
  demand(session, 'InvalidSessionId.NotFound', 'The specified SessionId does not exist.')
  close(session, 'Terminated', 'ClientClosed', context)
  return {}
})

export const lifecycles: Lifecycles = {
  'terminal.expired': (subject, context) => {
    const session = context.state.terminalSessions.get(subject)
    if (session) close(session, 'Failed', 'DeliveryTimeout', context)
  },
  'terminal.forgotten': (subject, { state }) => state.terminalSessions.delete(subject),
}

/** Callers are on this machine. */
const clientIp = '127.0.0.1'

const view = (session: TerminalSession) => ({
  SessionId: session.id,
  ClientIP: clientIp,
  CreationTime: toSeconds(session.createdAt),
  IdentityType: session.identityType,
  PrincipalId: session.principalId,
  Username: session.username,
  TargetServer: session.targetServer,
  ...(session.portNumber !== undefined && { PortNumber: session.portNumber }),
  Connections: {
    Connection: session.connections.map((each) => ({
      InstanceId: each.instanceId,
      Status: each.status,
      StartTime: toSeconds(each.startedAt),
      EndTime: each.endedAt === undefined ? '' : toSeconds(each.endedAt),
      ClosedReason: each.closedReason ?? '',
      FailedDetail: each.status === 'Failed' ? 'Nobody connected while the address was good.' : '',
    })),
  },
})

export const DescribeTerminalSessions = ecs(
  'DescribeTerminalSessions',
  ['InstanceId', 'MaxResults', 'NextToken', 'SessionId'],
  (input, { state, accountId, regionId }) => {
    const { MaxResults = 10, NextToken, InstanceId, SessionId } = input
    const fits = Number.isInteger(MaxResults) && MaxResults >= 1 && MaxResults <= 100
    demand(fits, 'InvalidParameter.MaxResults', 'The specified MaxResults is not valid.')
    const list = state.terminalSessions.list({
      accountId,
      regionId,
      ids: SessionId ? [SessionId] : undefined,
      by: { instance: InstanceId || undefined },
    })
    const { rows, fields } = page(list, { MaxResults, NextToken }, { maxSize: 100, maxResults: [1, 100] })
    return { NextToken: fields.NextToken, Sessions: { Session: rows.map(view) } }
  },
)
