import { describe, expect, it } from 'vitest'
import { parseForm } from './parse-form.js'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const TYPE = 'multipart/form-data; boundary=B'

/** A form of one part, whose head is given. */
const formOf = (head: string, content = 'hello') => bytesOf(`--B\r\n${head}\r\n\r\n${content}\r\n--B--\r\n`)
const fileIn = (bytes: Uint8Array<ArrayBuffer>) => {
  const file = parseForm(bytes, TYPE)?.get('file')
  return file instanceof File ? { name: file.name, type: file.type, size: file.size } : file
}

describe('a form', () => {
  it('is read as fetch writes it, bytes and all', async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 256)
    const form = new FormData()
    form.append('file', new File([bytes], 'ảnh "đẹp".bin', { type: 'application/x-own' }))
    form.append('empty', new File([], 'none.txt', { type: 'text/plain' }))
    form.append('user', 'ada\r\n--B')
    form.append('user', 'ben')
    const sent = new Response(form)

    const read = parseForm(new Uint8Array(await sent.arrayBuffer()), sent.headers.get('content-type') ?? '')

    expect(read?.getAll('user')).toEqual(['ada\r\n--B', 'ben'])
    const [file, empty] = [read?.get('file') as File, read?.get('empty') as File] // both were appended
    expect(file).toMatchObject({ name: 'ảnh "đẹp".bin', type: 'application/x-own', size: 4096 })
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
    expect(empty).toMatchObject({ name: 'none.txt', size: 0 })
  })

  it.each([
    ['.NET', "Content-Disposition: form-data; name=file; filename=a.txt; filename*=utf-8''%E1%BA%A3nh.txt", 'ảnh.txt'],
    ['single quotes of a shell', 'Content-Disposition: form-data; name="file"; filename="it\'s.txt"', "it's.txt"],
    ['backslashes before quotes', 'content-disposition: form-data; name="file"; filename="a\\"b\\".txt"', 'a"b".txt'],
    [
      'a name that only looks extended',
      'Content-Disposition: form-data; name="file"; filename="b.txt"; filename*=x',
      'b.txt',
    ],
    ['no space at all', 'Content-Disposition:form-data;name="file";filename="c.txt"', 'c.txt'],
    ['an empty name', 'Content-Disposition: form-data; name="file"; filename=""', ''],
  ])('is read as others write it: %s', (_, disposition, name) => {
    expect(fileIn(formOf(`Content-Type: text/plain\r\n${disposition}`))).toEqual({ name, type: 'text/plain', size: 5 })
  })

  it('says nothing of a type that nobody told, and takes what has no file name for text', () => {
    expect(fileIn(formOf('Content-Disposition: form-data; name="file"; filename="a.txt"'))).toMatchObject({ type: '' })
    expect(fileIn(formOf('Content-Disposition: form-data; name="file"\r\nContent-Type: text/plain'))).toBe('hello')
  })

  it('may have something before and behind it, and a boundary in quotes', () => {
    const bytes = bytesOf('before\r\n--a b \r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n--a b--behind')

    expect(parseForm(bytes, 'multipart/form-data; charset=utf-8; boundary="a b"')?.get('x')).toBe('')
    expect([...(parseForm(bytesOf('--B--\r\n'), TYPE) ?? ['none'])]).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['no boundary in it', 'hello'],
    ['a part that is cut off', '--B\r\nContent-Disposition: form-data; name="x"\r\n\r\nhel'],
    ['a head that is cut off', '--B\r\nContent'],
    ['a part without a name', '--B\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--B--'],
    ['no end', '--B\r\nContent-Disposition: form-data; name="x"\r\n\r\nhello\r\n--B\r\n'],
    [
      'a head without end',
      `--B\r\nContent-Disposition: form-data; name="x"; y="${'y'.repeat(20_000)}"\r\n\r\nx\r\n--B--`,
    ],
    ['thousands of parts', `${'--B\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'.repeat(2_000)}--B--`],
  ])('is none when it has %s', (_, text) => {
    expect(parseForm(bytesOf(text), TYPE)).toBeUndefined()
    expect(parseForm(bytesOf(text), 'multipart/form-data; boundary=')).toBeUndefined()
  })
})
