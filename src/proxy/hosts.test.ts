import { describe, expect, it } from 'vitest'
import { cloudHost } from './hosts.ts'

describe('cloudHost', () => {
  it.each([
    ['ecs.aliyuncs.com', 'ecs.aliyuncs.com'],
    ['ecs.cn-hangzhou.aliyuncs.com', 'ecs.cn-hangzhou.aliyuncs.com'],
    ['ECS.ALIYUNCS.COM', 'ecs.aliyuncs.com'],
    ['ecs.aliyuncs.com.', 'ecs.aliyuncs.com'],
  ])('takes %s', (text, host) => {
    expect(cloudHost(text)).toBe(host)
  })

  it.each([
    '',
    'aliyuncs.com',
    '.aliyuncs.com',
    'example.com',
    'evilaliyuncs.com',
    'aliyuncs.com.evil.com',
    'ecs.aliyuncs.com..',
    'a..aliyuncs.com',
    '*.aliyuncs.com',
    '-a.aliyuncs.com',
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    'ecs.aliyuncs.com:80',
    'user@ecs.aliyuncs.com',
    'ecs.aliyuncs.com\r\nX: 1',
    'ecs.aliyuncs.com\n',
    'evil.com\n.aliyuncs.com',
    'evil.com#.aliyuncs.com',
    'evil.com/.aliyuncs.com',
    'ecs.aliyuncs.com\0.evil.com',
    'e\u212As.aliyuncs.com',
    `${'a'.repeat(64)}.aliyuncs.com`,
    `${'a.'.repeat(130)}aliyuncs.com`,
  ])('refuses %j', (text) => {
    expect(cloudHost(text)).toBeUndefined()
  })
})
