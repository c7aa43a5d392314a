import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { publicImages } from './images.ts'
import type { ObjectShape } from './shape.ts'

const all = [...publicImages().values()]

describe('publicImages', () => {
  it('has 41 images, each under its own id and named like it', () => {
    expect(all).toHaveLength(41)
    expect([...publicImages()].filter(([id, image]) => image.ImageId !== id || image.ImageName !== id)).toEqual([])
  })

  it('has only fields that DescribeImages answers, with values of their types', () => {
    const output = catalogue('ecs').get('DescribeImages')?.output.Images as ObjectShape
    const shape = (output.Image as readonly [ObjectShape])[0]
    const wrong = all.flatMap((image) =>
      Object.entries(image)
        .filter(([field, value]) => typeof value !== (typeof shape[field] === 'object' ? 'object' : shape[field]))
        .map(([field]) => `${image.ImageId}: ${field}`),
    )
    expect(wrong).toEqual([])
  })

  it('fills what is the same for all of them', () => {
    expect(publicImages().get('aliyun_3_x64_20G_alibase_20240528.vhd')).toMatchObject({
      ImageOwnerAlias: 'system',
      IsPublic: true,
      Status: 'Available',
      Progress: '100%',
      Usage: 'instance',
      OSType: 'linux',
      Architecture: 'x86_64',
      Size: 20,
      ImageFamily: 'acs:alibaba_cloud_linux_3_2104_lts_x64',
      CreationTime: '2024-05-28T00:00:00Z',
      Tags: { Tag: [] },
    })
  })

  it('gives every image a creation time in UTC and a system disk of 5 GiB or more', () => {
    expect(all.filter(({ CreationTime, Size }) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(CreationTime) || Size < 5)).toEqual([])
  })

  it('offers Linux and Windows, for x86 and for ARM', () => {
    expect(new Set(all.map(({ OSType }) => OSType))).toEqual(new Set(['linux', 'windows']))
    expect(new Set(all.map(({ Architecture }) => Architecture))).toEqual(new Set(['x86_64', 'arm64']))
  })
})
