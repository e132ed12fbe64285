/** Starts the server, and the page beside it as a site of its own. */
export const DEV_TEMPLATE = `// npm run dev: starts Parley, and serves page/ beside it as your own site would.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'

if (existsSync('.env')) process.loadEnvFile('.env')
const port = process.env.PORT || '8787'
const pagePort = process.env.PAGE_PORT || '3000'

const parley = spawn('parley', ['--port', port], { stdio: 'inherit', shell: process.platform === 'win32' })

const page = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(readFileSync('page/index.html', 'utf8').replaceAll('127.0.0.1:8787', \`127.0.0.1:\${port}\`))
}).listen(Number(pagePort), '127.0.0.1', () => console.log(\`  Your page: http://127.0.0.1:\${pagePort}\\n\`))

parley.on('exit', (code) => {
  page.close()
  process.exitCode = code ?? 0
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => parley.kill(signal))
`
