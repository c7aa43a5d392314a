import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../../testing.ts'

async function images() {
  const { call, refusal } = await testCloud()
  const list = async (input: object = {}): Promise<TestAnswer[]> => (await call('DescribeImages', { PageSize: 100, ...input })).Images.Image
  return { call, refusal, list, all: await list() }
}

describe('DescribeImages', () => {
  test('lists public images, ten to a page unless told otherwise', async () => {
    const { call, all } = await images()
    const page = await call('DescribeImages')
    expect(page).toMatchObject({ TotalCount: all.length, PageNumber: 1, PageSize: 10 })
    expect(page).not.toHaveProperty('NextToken')
    expect(page.Images.Image).toEqual(all.slice(0, 10))
    expect(all[0]).toMatchObject({ ImageOwnerAlias: 'system', Status: 'Available', IsSelfShared: '', Size: expect.any(Number) })
  })

  test.each<[string, (like: TestAnswer) => object, (one: TestAnswer, like: TestAnswer) => boolean]>([
    ['ImageId', (like) => ({ ImageId: `${like.ImageId},m-none` }), (one, like) => one.ImageId === like.ImageId],
    ['a part of the name', () => ({ ImageName: 'ubuntu' }), (one) => one.ImageName.includes('ubuntu')],
    ['the start of the name', () => ({ ImageName: 'ubuntu*' }), (one) => one.ImageName.startsWith('ubuntu')],
    ['the end of the name', () => ({ ImageName: '*.vhd' }), (one) => one.ImageName.endsWith('.vhd')],
    ['both ends', () => ({ ImageName: 'u*x64*vhd' }), (one) => /^u.*x64.*vhd$/.test(one.ImageName)],
    ['OSType', () => ({ OSType: 'windows' }), (one) => one.OSType === 'windows'],
    ['Architecture', () => ({ Architecture: 'arm64' }), (one) => one.Architecture === 'arm64'],
    ['ImageFamily', (like) => ({ ImageFamily: like.ImageFamily }), (one, like) => one.ImageFamily === like.ImageFamily],
    ['ImageOwnerAlias', () => ({ ImageOwnerAlias: 'system' }), () => true],
    ['an owner with none', () => ({ ImageOwnerAlias: 'self' }), () => false],
    ['Status ALL', () => ({ Status: 'ALL' }), () => true],
    ['several states', () => ({ Status: 'Creating,Available' }), () => true],
    ['a state none is in', () => ({ Status: 'Creating' }), () => false],
    ['IsPublic', () => ({ IsPublic: false }), () => false],
  ])('finds by %s just what fits', async (_name, input, fits) => {
    const { list, all } = await images()
    const like = all.find((image) => image.ImageFamily !== '')
    expect(await list(input(like))).toEqual(all.filter((one) => fits(one, like)))
  })

  test.each([
    [{ Status: 'Gone' }, 'InvalidStatus.ValueNotSupported', 400],
    [{ OSType: 'x' }, 'InvalidOSType', 404],
    [{ Architecture: 'x' }, 'InvalidArchitecture', 404],
    [{ Usage: 'x' }, 'InvalidUsage', 404],
    [{ ImageOwnerAlias: 'x' }, 'InvalidImageOwnerAlias.ValueNotSupported', 400],
    [{ PageSize: 101 }, 'InvalidParameter', 400],
  ])('refuses %j', async (input, code, status) => {
    const { refusal } = await images()
    expect(await refusal('DescribeImages', input)).toMatchObject({ code, status })
  })
})
