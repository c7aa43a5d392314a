/**
 * What the first word of an operation's name says about it: `asks` takes something away or cuts something off, so that somebody is
 * asked first; `goes` reads, adds, or changes what is as easily changed back.
 */
export const verbs: { readonly [verb: string]: 'asks' | 'goes' } = {
  Accept: 'goes',
  Activate: 'goes',
  Active: 'goes',
  Add: 'goes',
  Allocate: 'goes',
  Apply: 'goes',
  Assign: 'goes',
  Associate: 'goes',
  Assume: 'goes',
  Attach: 'goes',
  Authorize: 'goes',
  Bind: 'goes',
  Cancel: 'asks',
  Change: 'goes',
  Check: 'goes',
  Clear: 'asks',
  Clone: 'goes',
  Complete: 'goes',
  Confirm: 'goes',
  Connect: 'goes',
  Convert: 'asks',
  Copy: 'goes',
  Create: 'goes',
  Deactivate: 'asks',
  Deactive: 'asks',
  Decode: 'goes',
  Delete: 'asks',
  Deletion: 'goes',
  Deregister: 'asks',
  Describe: 'goes',
  Detach: 'asks',
  Diagnose: 'goes',
  Disable: 'asks',
  Disassociate: 'asks',
  Dissociate: 'asks',
  Download: 'goes',
  Enable: 'goes',
  End: 'goes',
  Export: 'goes',
  Get: 'goes',
  Grant: 'goes',
  Import: 'goes',
  Install: 'goes',
  Invoke: 'goes',
  Join: 'goes',
  Leave: 'asks',
  List: 'goes',
  Lock: 'goes',
  Modify: 'goes',
  Move: 'goes',
  Open: 'goes',
  Publish: 'goes',
  Purchase: 'goes',
  Re: 'asks',
  Reboot: 'asks',
  Recover: 'goes',
  Redeploy: 'asks',
  Release: 'asks',
  Remove: 'asks',
  Renew: 'goes',
  Replace: 'asks',
  Report: 'goes',
  Reset: 'asks',
  Resize: 'goes',
  Retry: 'goes',
  Revoke: 'asks',
  Run: 'goes',
  Second: 'goes',
  Send: 'goes',
  Set: 'goes',
  Start: 'goes',
  Stop: 'asks',
  Switch: 'goes',
  Tag: 'goes',
  Terminate: 'asks',
  Transform: 'goes',
  Un: 'goes',
  Unassign: 'asks',
  Unassociate: 'asks',
  Unbind: 'asks',
  Unlock: 'goes',
  Untag: 'goes',
  Update: 'goes',
  Vpc: 'goes',
  Withdraw: 'asks',
}

/** Operations that are other than their verb says; with a parameter, only when that is given. */
export const exceptions: { readonly [action: string]: 'asks' | 'goes' | { readonly asksWith: string } } = {
  // Takes nothing from anybody but the next call.
  DeleteDiagnosticReports: 'goes',
  // They stop what was only tried.
  CancelSimulatedSystemEvents: 'goes',
  StopFailoverTestJob: 'goes',
  DeleteFailoverTestJob: 'goes',
  // Settings of the account that cut nothing off.
  ResetDiskDefaultKMSKeyId: 'goes',
  DisableDiskEncryptionByDefault: 'goes',
  ReActivateInstances: 'goes',
  // As UntagResources: whoever takes the protect tag off must not be kept from it by that tag.
  RemoveTags: 'goes',
  // A time at which everything is released.
  ModifyInstanceAutoReleaseTime: { asksWith: 'AutoReleaseTime' },
  ModifyDedicatedHostAutoReleaseTime: { asksWith: 'AutoReleaseTime' },
  // The kernel crashes.
  SendDiagnosticInterrupt: 'asks',
  // All rules are put in place of those there are.
  UpdateNetworkAclEntries: 'asks',
  CopyNetworkAclEntries: 'asks',
}

/** The first word of an operation's name. */
export const verbOf = (action: string): string => /^[A-Z][a-z]+/.exec(action)?.[0] ?? ''

/** Whether somebody is asked before an operation is called. One with an unknown verb is asked about unless it only reads. */
export function asksFirst(action: string, input: Readonly<Record<string, unknown>>, readOnly: boolean): boolean {
  if (readOnly) return false
  const exception = Object.hasOwn(exceptions, action) ? exceptions[action] : undefined
  if (typeof exception === 'object') return ![undefined, ''].includes(input[exception.asksWith] as string | undefined)
  const verb = verbOf(action)
  return (exception ?? (Object.hasOwn(verbs, verb) ? verbs[verb] : 'asks')) === 'asks'
}
