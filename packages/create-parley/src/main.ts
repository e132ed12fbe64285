#!/usr/bin/env node
import { relative } from 'node:path'
import { createProject, ProjectError } from './create-project.js'

const USAGE = `npm create parley [folder]

Makes a folder with an agent of your own and a page to talk to it on; without a name: my-chat.`

const [given] = process.argv.slice(2)
if (given === '--help' || given === '-h') console.log(USAGE)
else
  try {
    const { folder, files } = createProject(given ?? 'my-chat')
    const place = relative(process.cwd(), folder)
    console.log(`Made ${files.length} files in ${folder}. Go on with:\n`)
    if (place !== '') console.log(`  cd ${place}`)
    console.log('  npm install\n  npm run dev\n')
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown
    console.error(thrown.message)
    process.exitCode = 1
  }
