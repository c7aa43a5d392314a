import { describe, expect, it } from 'vitest'
import { renderError, renderJson, renderXml } from './render.ts'

describe('renderJson', () => {
  it('has no whitespace and leaves out what is undefined', () => {
    expect(renderJson({ A: { B: [] }, C: undefined, D: '' })).toBe('{"A":{"B":[]},"D":""}')
  })
})

describe('renderXml', () => {
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>'

  it('writes one child for each item of a list inside its wrapper, and an empty list as an empty wrapper', () => {
    expect(
      renderXml('DescribeXResponse', { Ids: { Id: ['a', 'b'] }, None: { Id: [] }, Disks: { Disk: [{ Size: 40, Portable: true }] } }),
    ).toBe(
      `${prolog}<DescribeXResponse><Ids><Id>a</Id><Id>b</Id></Ids><None></None><Disks><Disk><Size>40</Size><Portable>true</Portable></Disk></Disks></DescribeXResponse>`,
    )
  })

  it.each([
    ['markup is escaped', `<a b="c" d='e'>&]]>`, '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;]]&gt;'],
    ['characters XML cannot hold are replaced', 'a\u0000\u0008\u001f\uffff\ud800b', 'a\ufffd\ufffd\ufffd\ufffd\ufffdb'],
    ['tab and line feed stay, a carriage return survives parsing', 'a\t\n\rb', 'a\t\n&#13;b'],
    ['characters above the basic plane stay', '测😀', '测😀'],
  ])('%s', (_title, text, written) => {
    expect(renderXml('R', { T: text })).toBe(`${prolog}<R><T>${written}</T></R>`)
  })

  it('lets no field name break out of its tag', () => {
    expect(renderXml('R', { 'a><b': 1 })).toBe(`${prolog}<R><_>1</_></R>`)
  })
})

describe('renderError', () => {
  const error = { requestId: 'ID', hostId: 'ecs.aliyuncs.com', code: 'Forbidden.RAM', message: 'No <way>.' }

  it('has exactly the wire’s keys in JSON', () => {
    expect(JSON.parse(renderError('json', error))).toEqual({
      RequestId: 'ID',
      HostId: 'ecs.aliyuncs.com',
      Code: 'Forbidden.RAM',
      Message: 'No <way>.',
    })
    expect(
      JSON.parse(renderError('json', { ...error, recommend: 'https://x', accessDeniedDetail: { AuthAction: 'ecs:X' } })),
    ).toMatchObject({
      Recommend: 'https://x',
      AccessDeniedDetail: { AuthAction: 'ecs:X' },
    })
  })

  it('has the single-quoted prolog, the root Error and the advice as CDATA in XML', () => {
    expect(renderError('xml', { ...error, recommend: 'https://x?a=1&b=]]>' })).toBe(
      "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>ID</RequestId><HostId>ecs.aliyuncs.com</HostId><Code>Forbidden.RAM</Code>" +
        '<Message>No &lt;way&gt;.</Message><Recommend><![CDATA[https://x?a=1&b=]]]]><![CDATA[>]]></Recommend></Error>',
    )
  })
})
