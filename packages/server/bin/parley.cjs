#!/usr/bin/env node
// Starts the built command. Beside it lies the form that V8 compiled it into when it was built, which saves a third of
// the time to the first answer; another version of V8 ignores it and compiles again.
const { existsSync, readFileSync } = require('node:fs')
const { createRequire, Module } = require('node:module')
const { dirname, join } = require('node:path')
const { constants, Script } = require('node:vm')

const filename = join(__dirname, '../dist/cli/main.cjs')
const compiled = join(__dirname, '../dist/cli/main.compiled')

const command = new Script(Module.wrap(readFileSync(filename, 'utf8')), {
  filename,
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
  importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
})
const loaded = new Module(filename, module)
command.runInThisContext()(loaded.exports, createRequire(filename), loaded, filename, dirname(filename))
