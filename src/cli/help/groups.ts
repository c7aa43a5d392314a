import type { Text } from '../../api/text.ts'

/** Commands that stand together in `tanxing --help`. */
export interface Group {
  readonly head: Text
  /** First words of its commands, in the order they are shown. */
  readonly nouns: readonly string[]
}

/** The groups in the order of `tanxing --help`. */
const groups: readonly Group[] = [
  { head: { en: 'First steps', zh: '入门' }, nouns: ['hello', 'setup', 'configure', 'doctor', 'completion'] },
  { head: { en: 'Instances', zh: '实例' }, nouns: ['instances', 'commands', 'launch-templates', 'key-pairs'] },
  { head: { en: 'What was stopped or released', zh: '恢复已停止或已释放的资源' }, nouns: ['undo'] },
  { head: { en: 'Disks, images, snapshots', zh: '云盘、镜像、快照' }, nouns: ['disks', 'images', 'snapshots'] },
  { head: { en: 'Network', zh: '网络' }, nouns: ['networks', 'security-groups', 'eips', 'interfaces'] },
  { head: { en: 'What there is to have', zh: '地域、规格与价格' }, nouns: ['regions', 'zones', 'types', 'prices'] },
  { head: { en: 'Tags and events', zh: '标签与事件' }, nouns: ['tags', 'events'] },
  { head: { en: 'Views of the whole', zh: '全局视图' }, nouns: ['inventory', 'expiring', 'idle', 'cost', 'explain'] },
  { head: { en: 'Elasticity', zh: '弹性伸缩' }, nouns: ['plan', 'apply', 'hold', 'serve'] },
  { head: { en: 'Any operation', zh: '任意 API' }, nouns: ['api'] },
  { head: { en: 'Local cloud', zh: '本地云' }, nouns: ['start', 'local', 'run'] },
]

const others: Text = { en: 'More', zh: '其他' }

/** The commands by groups, each command once; those of no group come last, under a head of their own. */
export function grouped(names: readonly string[]): readonly { readonly head: Text; readonly names: readonly string[] }[] {
  const nounOf = (name: string) => name.split(' ')[0] ?? name
  const known = new Set(groups.flatMap(({ nouns }) => nouns))
  const more = { head: others, nouns: [...new Set(names.map(nounOf).filter((noun) => !known.has(noun)))] }
  return [...groups, more]
    .map(({ head, nouns }) => ({ head, names: nouns.flatMap((noun) => names.filter((name) => nounOf(name) === noun)) }))
    .filter((group) => group.names.length > 0)
}
