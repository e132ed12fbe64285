import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rolldown } from 'tsdown'

/** Writes down whose packages are inside a bundle, with the licences they ask to be passed on. */
export const notices = (fileName: string): Rolldown.Plugin => ({
  name: 'notices',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
    const folders = new Set(modules.flatMap((id) => packageFolderOf(id) ?? []))
    const source = [...folders]
      .sort()
      .map(noticeOf)
      .join(`\n\n${'-'.repeat(80)}\n\n`)
    this.emitFile({ type: 'asset', fileName, source })
  },
})

function packageFolderOf(id: string): string | undefined {
  const inside = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/\0/g, ''))
  return inside?.[1] && existsSync(join(inside[1], 'package.json')) ? inside[1] : undefined
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
  return `${name} ${version}\n\n${text}`
}
