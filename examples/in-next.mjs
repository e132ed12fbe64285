// What the Next.js examples need to check themselves: Next.js in their folder, and its development server.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

/** Next.js weighs 350 MB: these examples are no workspaces, so that starting Parley does not download it. */
export function ensureInstalled(dir) {
  const { dependencies } = JSON.parse(readFileSync(`${dir}package.json`, 'utf8'))
  if (Object.keys(dependencies).every((name) => existsSync(`${dir}node_modules/${name}`))) return
  const { status } = spawnSync('npm', ['install', '--loglevel=error'], {
    cwd: dir,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}

/**
 * An address first, which others may have to know, and Next.js behind it with `serve`, which asks for `paths` once: the
 * development server builds what is asked for, and on a busy machine no browser should have to wait for that.
 */
export async function listenForNext(dir) {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://localhost:${server.address().port}` // the name Next.js serves its development files to
  return {
    url,
    async serve(paths) {
      process.env.NEXT_TELEMETRY_DISABLED = '1'
      const next = createRequire(`${dir}package.json`)('next')
      const app = next({ dev: true, dir, turbopack: true, quiet: true })
      await app.prepare()
      server.on('request', app.getRequestHandler())
      server.on('upgrade', app.getUpgradeHandler()) // the pages of a development server listen for changes
      for (const path of paths) await (await fetch(url + path)).text()
    },
  }
}

/** Runs the check and ends the process, as Next.js survives what is thrown and keeps watching. */
export async function runCheck(check) {
  let wrong = 0
  try {
    await check()
  } catch (error) {
    console.error(error)
    wrong = 1
  }
  process.exit(wrong)
}
