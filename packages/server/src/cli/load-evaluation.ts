import { createRequire } from 'node:module'
import type * as Evaluation from '../evaluation/index.js'

/** What puts cases to an app, with the parser of their files. Built, a file of its own beside this one: a server never reads it. */
export const loadEvaluation = (): typeof Evaluation => createRequire(import.meta.url)('./evaluation.cjs')
