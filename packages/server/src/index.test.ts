import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const entry = fileURLToPath(new URL('./index.ts', import.meta.url))

describe('the public entry', () => {
  it('reaches no module of Node, so that it runs wherever fetch does', async () => {
    const reached: string[] = []

    const output = await build({
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['parley-source', 'import', 'default'] },
      build: {
        write: false,
        minify: false,
        lib: { entry, formats: ['es'] },
        rolldownOptions: {
          external(id) {
            if (isBuiltin(id)) reached.push(id)
            return isBuiltin(id)
          },
        },
      },
    })

    expect(reached).toEqual([])
    expect(JSON.stringify(output)).toContain('ChatKitServer')
  })

  it('documents every name it exports', async () => {
    const undocumented: string[] = []
    for (const [, names = '', path = ''] of readFileSync(entry, 'utf8').matchAll(
      /^export (?:type )?{([^}]+)} from '(\.[^']+)'/gm,
    )) {
      const source = readFileSync(new URL(path.replace(/\.js$/, '.ts'), import.meta.url), 'utf8')
      for (const name of names.split(',').map((part) => part.replace('type ', '').trim())) {
        const declared = new RegExp(
          `\\*/\\nexport (abstract |async )?(class|const|function\\*?|interface|type) ${name}\\b`,
        )
        if (name && !declared.test(source)) undocumented.push(`${name} (${path})`)
      }
    }

    expect(undocumented).toEqual([])
  })
})
