import type { Text } from '../api/text.ts'
import type { Command } from './command.ts'

interface Entry {
  readonly summary: Text
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Every command of `tanxing`. A command is loaded when it is called or its help is asked for. */
export const commands: { readonly [name: string]: Entry } = {
  hello: {
    summary: {
      en: 'the tutorial: regions, then instances and disks of the current region',
      zh: '教程：列出地域，再列出当前地域的实例和云盘',
    },
    load: () => import('./hello/hello.ts'),
  },
  setup: {
    summary: {
      en: 'make a RAM user, grant it ECS, get its AccessKey, save a profile',
      zh: '创建 RAM 用户、授予 ECS 权限、获取 AccessKey 并保存配置',
    },
    load: () => import('./setup/setup.ts'),
  },
  configure: {
    summary: { en: 'save an AccessKey as a profile, as aliyun-cli does', zh: '把 AccessKey 保存为配置，与 aliyun-cli 通用' },
    load: () => import('./configure/configure.ts'),
  },
  doctor: {
    summary: { en: 'what stands between here and ECS, each with the fix', zh: '检查凭证、时间、端点和权限，并给出处理办法' },
    load: () => import('./doctor/doctor.ts'),
  },
  completion: {
    summary: { en: 'print the script that completes words in your shell', zh: '输出 shell 自动补全脚本' },
    load: () => import('./completion/completion.ts'),
  },
  'instances list': {
    summary: { en: 'list all instances of a region', zh: '列出地域内的全部实例' },
    load: () => import('./instances/list.ts'),
  },
  'instances get': {
    summary: { en: 'all there is to know about instances', zh: '查看实例的全部信息' },
    load: () => import('./instances/get.ts'),
  },
  'instances create': {
    summary: { en: 'create instances; the price is told first', zh: '创建实例；先显示价格' },
    load: () => import('./instances/create.ts'),
  },
  'instances start': {
    summary: { en: 'start instances', zh: '启动实例' },
    load: () => import('./instances/start.ts'),
  },
  'instances stop': {
    summary: { en: 'stop instances; what is lost is shown, and asked about', zh: '停止实例；先列出影响，确认后执行' },
    load: () => import('./instances/stop.ts'),
  },
  'instances reboot': {
    summary: { en: 'reboot instances', zh: '重启实例' },
    load: () => import('./instances/reboot.ts'),
  },
  'instances release': {
    summary: { en: 'release instances for good; what is lost is shown, and asked about', zh: '释放实例；先列出将丢失的内容，确认后执行' },
    load: () => import('./instances/release.ts'),
  },
  'instances rename': {
    summary: { en: 'give an instance another name', zh: '修改实例名称' },
    load: () => import('./instances/rename.ts'),
  },
  'instances resize': {
    summary: { en: 'give stopped instances another type; the price is told first', zh: '变更已停止实例的规格；先显示差价' },
    load: () => import('./instances/resize.ts'),
  },
  'instances renew': {
    summary: { en: 'renew subscriptions; the price is told first', zh: '为包年包月实例续费；先显示价格' },
    load: () => import('./instances/renew.ts'),
  },
  'instances auto-renew': {
    summary: { en: 'have subscriptions renewed by themselves, or no more', zh: '开启或关闭自动续费' },
    load: () => import('./instances/auto-renew.ts'),
  },
  'instances wait': {
    summary: { en: 'wait until instances are in a state', zh: '等待实例进入某个状态' },
    load: () => import('./instances/wait.ts'),
  },
  'instances console-output': {
    summary: { en: 'what an instance wrote to its serial console', zh: '查看实例的串口输出' },
    load: () => import('./instances/console-output.ts'),
  },
  'instances protect': {
    summary: { en: 'protect instances from release, or take that away', zh: '开启或关闭实例释放保护' },
    load: () => import('./instances/protect.ts'),
  },
  'commands run': {
    summary: { en: 'run a script on instances and see its output', zh: '在实例上执行脚本并查看输出' },
    load: () => import('./commands/run.ts'),
  },
  'commands runs': {
    summary: { en: 'list what was run on instances', zh: '列出在实例上执行过的命令' },
    load: () => import('./commands/runs.ts'),
  },
  'commands follow': {
    summary: { en: 'the output of what was run, as it comes', zh: '实时查看执行的输出' },
    load: () => import('./commands/follow.ts'),
  },
  'commands stop': {
    summary: { en: 'stop what runs on instances', zh: '停止正在执行的命令' },
    load: () => import('./commands/stop.ts'),
  },
  'commands list': {
    summary: { en: 'list the saved commands of a region', zh: '列出地域内已保存的云助手命令' },
    load: () => import('./commands/list.ts'),
  },
  'commands get': {
    summary: { en: 'all there is to know about saved commands, with their scripts', zh: '查看已保存命令的全部信息及其脚本' },
    load: () => import('./commands/get.ts'),
  },
  'commands save': {
    summary: { en: 'keep a script under a name', zh: '将脚本保存为云助手命令' },
    load: () => import('./commands/save.ts'),
  },
  'commands delete': {
    summary: { en: 'delete saved commands', zh: '删除已保存的云助手命令' },
    load: () => import('./commands/delete.ts'),
  },
  'disks list': { summary: { en: 'list all disks of a region', zh: '列出地域内的全部云盘' }, load: () => import('./disks/list.ts') },
  'disks get': { summary: { en: 'all there is to know about disks', zh: '查看云盘的全部信息' }, load: () => import('./disks/get.ts') },
  'disks create': {
    summary: { en: 'create data disks; the price is told first', zh: '创建数据盘；先显示价格' },
    load: () => import('./disks/create.ts'),
  },
  'disks attach': {
    summary: { en: 'attach disks to an instance', zh: '将云盘挂载到实例' },
    load: () => import('./disks/attach.ts'),
  },
  'disks detach': {
    summary: { en: 'take disks from their instances', zh: '从实例卸载云盘' },
    load: () => import('./disks/detach.ts'),
  },
  'disks resize': {
    summary: { en: 'give disks more room; the price is told first', zh: '扩容云盘；先显示差价' },
    load: () => import('./disks/resize.ts'),
  },
  'disks rename': {
    summary: { en: 'give a disk another name', zh: '修改云盘名称' },
    load: () => import('./disks/rename.ts'),
  },
  'disks release': {
    summary: { en: 'release disks that are attached to nothing', zh: '释放未挂载的云盘' },
    load: () => import('./disks/release.ts'),
  },
  'snapshots list': {
    summary: { en: 'list all snapshots of a region', zh: '列出地域内的全部快照' },
    load: () => import('./snapshots/list.ts'),
  },
  'snapshots get': {
    summary: { en: 'all there is to know about snapshots', zh: '查看快照的全部信息' },
    load: () => import('./snapshots/get.ts'),
  },
  'snapshots create': {
    summary: { en: 'take snapshots of disks', zh: '为云盘创建快照' },
    load: () => import('./snapshots/create.ts'),
  },
  'snapshots rollback': {
    summary: { en: 'put disks back to a snapshot; what was written since is lost', zh: '用快照回滚云盘；此后写入的数据会丢失' },
    load: () => import('./snapshots/rollback.ts'),
  },
  'snapshots delete': {
    summary: { en: 'delete snapshots for good', zh: '删除快照' },
    load: () => import('./snapshots/delete.ts'),
  },
  'images list': {
    summary: { en: 'list all images one may use in a region', zh: '列出地域内可用的全部镜像' },
    load: () => import('./images/list.ts'),
  },
  'images get': {
    summary: { en: 'all there is to know about images', zh: '查看镜像的全部信息' },
    load: () => import('./images/get.ts'),
  },
  'images create': {
    summary: { en: 'make an image of an instance or a snapshot', zh: '用实例或快照创建自定义镜像' },
    load: () => import('./images/create.ts'),
  },
  'images copy': {
    summary: { en: 'copy images to another region', zh: '将镜像复制到其他地域' },
    load: () => import('./images/copy.ts'),
  },
  'images share': {
    summary: { en: 'let other accounts use images, or no more', zh: '共享镜像给其他账号，或取消共享' },
    load: () => import('./images/share.ts'),
  },
  'images delete': {
    summary: { en: 'delete images for good', zh: '删除镜像' },
    load: () => import('./images/delete.ts'),
  },
  'security-groups list': {
    summary: { en: 'list all security groups of a region', zh: '列出地域内的全部安全组' },
    load: () => import('./security-groups/list.ts'),
  },
  'security-groups get': {
    summary: { en: 'all there is to know about security groups', zh: '查看安全组的全部信息' },
    load: () => import('./security-groups/get.ts'),
  },
  'security-groups rules': {
    summary: { en: 'what a security group lets through', zh: '查看安全组规则' },
    load: () => import('./security-groups/rules.ts'),
  },
  'security-groups create': {
    summary: { en: 'create security groups', zh: '创建安全组' },
    load: () => import('./security-groups/create.ts'),
  },
  'security-groups allow': {
    summary: {
      en: 'put rules into a security group; what opens it to the internet is asked about',
      zh: '添加安全组规则；对公网开放时须确认',
    },
    load: () => import('./security-groups/allow.ts'),
  },
  'security-groups revoke': {
    summary: { en: 'take rules out of a security group', zh: '删除安全组规则' },
    load: () => import('./security-groups/revoke.ts'),
  },
  'security-groups join': {
    summary: { en: 'put instances into a security group', zh: '将实例加入安全组' },
    load: () => import('./security-groups/join.ts'),
  },
  'security-groups leave': {
    summary: { en: 'take instances out of a security group', zh: '将实例移出安全组' },
    load: () => import('./security-groups/leave.ts'),
  },
  'security-groups delete': {
    summary: { en: 'delete security groups that nothing is in', zh: '删除未被使用的安全组' },
    load: () => import('./security-groups/delete.ts'),
  },
  'launch-templates list': {
    summary: { en: 'list all launch templates of a region', zh: '列出地域内的全部启动模板' },
    load: () => import('./launch-templates/list.ts'),
  },
  'launch-templates get': {
    summary: { en: 'all there is to know about launch templates', zh: '查看启动模板的全部信息' },
    load: () => import('./launch-templates/get.ts'),
  },
  'launch-templates create': {
    summary: { en: 'keep the options of a launch as a template, or as another version', zh: '将启动配置保存为启动模板或新版本' },
    load: () => import('./launch-templates/create.ts'),
  },
  'launch-templates versions': {
    summary: { en: 'the versions of a launch template, and which is the default', zh: '查看启动模板的版本，或设置默认版本' },
    load: () => import('./launch-templates/versions.ts'),
  },
  'launch-templates delete': {
    summary: { en: 'delete launch templates with their versions', zh: '删除启动模板及其版本' },
    load: () => import('./launch-templates/delete.ts'),
  },
  'key-pairs list': {
    summary: { en: 'list all key pairs of a region', zh: '列出地域内的全部密钥对' },
    load: () => import('./key-pairs/list.ts'),
  },
  'key-pairs create': {
    summary: { en: 'make a key pair; the private key goes to a file', zh: '创建密钥对；私钥写入文件' },
    load: () => import('./key-pairs/create.ts'),
  },
  'key-pairs import': {
    summary: { en: 'have the service know a public key', zh: '导入公钥' },
    load: () => import('./key-pairs/import.ts'),
  },
  'key-pairs attach': {
    summary: { en: 'bind a key pair to instances', zh: '为实例绑定密钥对' },
    load: () => import('./key-pairs/attach.ts'),
  },
  'key-pairs detach': {
    summary: { en: 'unbind the key pairs of instances', zh: '解绑实例的密钥对' },
    load: () => import('./key-pairs/detach.ts'),
  },
  'key-pairs delete': {
    summary: { en: 'delete key pairs that no instance has', zh: '删除未绑定实例的密钥对' },
    load: () => import('./key-pairs/delete.ts'),
  },
  'networks list': {
    summary: {
      en: 'list the VPCs, vSwitches, elastic IPs and network interfaces of a region',
      zh: '列出地域内的专有网络、交换机、弹性公网 IP 和弹性网卡',
    },
    load: () => import('./networks/list.ts'),
  },
  'networks get': {
    summary: {
      en: 'all there is to know about a VPC, a vSwitch, an elastic IP or an interface',
      zh: '查看专有网络、交换机、弹性公网 IP 或弹性网卡的全部信息',
    },
    load: () => import('./networks/get.ts'),
  },
  'networks create': {
    summary: { en: 'create a VPC, a vSwitch, elastic IPs or interfaces', zh: '创建专有网络、交换机、弹性公网 IP 或弹性网卡' },
    load: () => import('./networks/create.ts'),
  },
  'networks attach': {
    summary: { en: 'attach an elastic IP or interfaces', zh: '绑定弹性公网 IP 或弹性网卡' },
    load: () => import('./networks/attach.ts'),
  },
  'networks detach': {
    summary: { en: 'detach elastic IPs or interfaces', zh: '解绑弹性公网 IP 或弹性网卡' },
    load: () => import('./networks/detach.ts'),
  },
  'networks delete': {
    summary: {
      en: 'delete VPCs, vSwitches, elastic IPs or interfaces that nothing hangs on',
      zh: '删除未被使用的专有网络、交换机、弹性公网 IP 或弹性网卡',
    },
    load: () => import('./networks/delete.ts'),
  },
  'types list': {
    summary: { en: 'find instance types by cores, memory and GPUs', zh: '按 vCPU、内存和 GPU 查找实例规格' },
    load: () => import('./types/list.ts'),
  },
  'zones list': {
    summary: { en: 'list all zones of a region', zh: '列出地域内的全部可用区' },
    load: () => import('./zones/list.ts'),
  },
  'tags list': {
    summary: { en: 'list all tags in use, and on how many resources', zh: '列出正在使用的全部标签及其资源数' },
    load: () => import('./tags/list.ts'),
  },
  'tags add': {
    summary: { en: 'put tags on resources', zh: '为资源添加标签' },
    load: () => import('./tags/add.ts'),
  },
  'tags remove': {
    summary: { en: 'take tags off resources', zh: '移除资源的标签' },
    load: () => import('./tags/remove.ts'),
  },
  'regions list': { summary: { en: 'list all regions', zh: '列出全部地域' }, load: () => import('./regions/list.ts') },
  prices: {
    summary: { en: 'what instance types cost by the hour and by the month', zh: '查询实例规格的按量和包月价格' },
    load: () => import('./prices/prices.ts'),
  },
  'events accept': {
    summary: { en: 'let a system event go ahead that asks first', zh: '接受需要用户授权的系统事件' },
    load: () => import('./events/accept.ts'),
  },
  'events list': {
    summary: { en: 'what is about to happen to instances, or did', zh: '列出即将发生或已发生的系统事件' },
    load: () => import('./events/list.ts'),
  },
  inventory: {
    summary: { en: 'list what there is in all regions, of one or of all profiles', zh: '列出全部地域的资源，可跨多个配置' },
    load: () => import('./inventory/inventory.ts'),
  },
  expiring: {
    summary: { en: 'what ends by itself soon, in all regions', zh: '列出全部地域内即将到期或将被自动释放的实例和云盘' },
    load: () => import('./expiring/expiring.ts'),
  },
  idle: {
    summary: { en: 'what costs and seems to do nothing, with the reason', zh: '列出仍在计费但疑似闲置的资源及原因' },
    load: () => import('./idle/idle.ts'),
  },
  cost: {
    summary: { en: 'what it costs by region, type or tag, as quoted', zh: '按地域、规格或标签汇总报价费用' },
    load: () => import('./cost/cost.ts'),
  },
  explain: {
    summary: {
      en: 'what it is, what governs it, what happens next, and what to do',
      zh: '说明资源的现状、管控因素、后续变化和可执行的操作',
    },
    load: () => import('./explain/explain.ts'),
  },
  api: {
    summary: { en: 'any operation of ECS, VPC, RAM and STS, by its name', zh: '按名称调用 ECS、VPC、RAM 和 STS 的任意 API' },
    load: () => import('./api/api.ts'),
  },
  undo: {
    summary: { en: 'build again what was stopped or released, as far as that can be done', zh: '尽可能恢复已停止或已释放的资源' },
    load: () => import('./undo/undo.ts'),
  },
  'undo list': {
    summary: { en: 'list what can be undone', zh: '列出可撤销的操作' },
    load: () => import('./undo/list.ts'),
  },
  'undo show': {
    summary: { en: 'what is recorded of a deed', zh: '查看撤销记录的内容' },
    load: () => import('./undo/show.ts'),
  },
  'local start': { summary: { en: 'start a local cloud', zh: '启动本地云' }, load: () => import('./local/start.ts') },
  'local twin': {
    summary: { en: "read an account's shape, as a file that a local cloud imports", zh: '读取账号的资源结构，写成本地云可导入的文件' },
    load: () => import('./local/twin.ts'),
  },
  'local status': {
    summary: { en: 'what is in a local cloud, and what time it is there', zh: '查看本地云的资源和时间' },
    load: () => import('./local/status.ts'),
  },
  'local clock': {
    summary: { en: 'read or move the time of a local cloud', zh: '查看或推进本地云的时间' },
    load: () => import('./local/clock.ts'),
  },
  'local log': {
    summary: { en: 'the requests a local cloud answered, and those to come', zh: '查看本地云应答过的请求，并可实时跟踪' },
    load: () => import('./local/log.ts'),
  },
  'local fault': {
    summary: { en: 'rules by which calls to a local cloud go wrong', zh: '设置本地云的故障注入规则' },
    load: () => import('./local/fault.ts'),
  },
  'local lock': {
    summary: { en: 'lock instances of a local cloud, or an account whose bill is overdue', zh: '锁定本地云的实例，或设置账号欠费' },
    load: () => import('./local/lock.ts'),
  },
  'local coverage': {
    summary: { en: 'which operations and parameters a local cloud emulates', zh: '查看本地云模拟了哪些操作和参数' },
    load: () => import('./local/coverage.ts'),
  },
  'local snapshot': {
    summary: { en: 'save states of a local cloud, compare them, and go back to them', zh: '保存、比较本地云的状态，或恢复到某个状态' },
    load: () => import('./local/snapshot.ts'),
  },
  'local reset': {
    summary: { en: 'bring a local cloud back to how it began', zh: '将本地云恢复到初始状态' },
    load: () => import('./local/reset.ts'),
  },
  'local policy': {
    summary: {
      en: 'write the least RAM policy that lets the recorded requests of a local cloud through',
      zh: '根据本地云记录的请求生成最小权限的 RAM 策略',
    },
    load: () => import('./local/policy.ts'),
  },
  run: {
    summary: { en: 'run a program with its Alibaba Cloud traffic led to a local cloud', zh: '运行程序，并将其访问阿里云的流量转到本地云' },
    load: () => import('./run.ts'),
  },
  start: {
    summary: { en: 'play the tutorial on a fresh local cloud and keep the cloud up', zh: '在全新的本地云上演示教程，并保持本地云运行' },
    load: () => import('./start.ts'),
  },
}
