import type { CaseResult } from './evaluate.js'

/** What was put to the test. */
export interface Tested {
  file: string
  app: string
  /** One line: what answered. */
  model: string
  /** The built-in model answered, which is no language model. */
  offline: boolean
}

const LONGEST_NAME = 60

/** A table for people. */
export function textReport({ file, app, model, offline }: Tested, results: CaseResult[]): string {
  const width = Math.min(LONGEST_NAME, Math.max(...results.map(({ name }) => name.length)))
  const rows = results.flatMap((result) => [
    `  ${result.passed ? '✓' : '✗'} ${cut(result.name, width).padEnd(width)}  ${figures(result)}`,
    ...result.failures.map(({ line, text }) => `      ${file}:${line} ${text}`),
    ...result.notes.map((note) => `      note: ${note}`),
  ])
  const passed = results.filter((result) => result.passed).length
  return [
    `${file} → app "${app}", answered by ${model}`,
    ...(offline
      ? [
          'The offline model is not a language model: it tells whether tools and texts are wired up, not how good answers are.',
        ]
      : []),
    '',
    ...rows,
    '',
    `${passed} of ${results.length} passed   ${figures(totalsOf(results))}`,
  ].join('\n')
}

/** The same for programs. */
export function jsonReport(tested: Tested, results: CaseResult[]): string {
  const passed = results.filter((result) => result.passed).length
  return JSON.stringify(
    { ...tested, passed, failed: results.length - passed, ...totalsOf(results), cases: results },
    null,
    2,
  )
}

/** The same for CI servers. Source: the JUnit XML format as Jenkins and GitLab read it. */
export function junitReport({ file, app }: Tested, results: CaseResult[]): string {
  const failed = results.filter((result) => !result.passed).length
  const { seconds } = totalsOf(results)
  const cases = results.flatMap(({ name, failures, notes, seconds: took }) => [
    `    <testcase classname=${attribute(app)} name=${attribute(name)} file=${attribute(file)} time="${took.toFixed(3)}">`,
    ...(failures.length > 0
      ? [
          `      <failure message=${attribute(failures[0]?.text ?? '')}>${escaped(failures.map(({ line, text }) => `${file}:${line} ${text}`).join('\n'))}</failure>`,
        ]
      : []),
    ...(notes.length > 0 ? [`      <system-out>${escaped(notes.join('\n'))}</system-out>`] : []),
    '    </testcase>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name=${attribute(file)} tests="${results.length}" failures="${failed}" errors="0" time="${seconds.toFixed(3)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

type Figures = Pick<CaseResult, 'tokens' | 'seconds' | 'cost'>

function totalsOf(results: CaseResult[]): Figures {
  const sum = (read: (result: CaseResult) => number) => results.reduce((total, result) => total + read(result), 0)
  const cost = sum((result) => result.cost ?? 0)
  return {
    tokens: { input: sum(({ tokens }) => tokens.input), output: sum(({ tokens }) => tokens.output) },
    seconds: sum(({ seconds }) => seconds),
    ...(cost > 0 && { cost }),
  }
}

const figures = ({ tokens, seconds, cost }: Figures): string =>
  [
    `${tokens.input + tokens.output} tokens`.padStart(13),
    ...(cost === undefined ? [] : [`$${cost.toFixed(4)}`]),
    `${seconds.toFixed(1)} s`.padStart(7),
  ].join('  ')

const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}…` : text)

/** XML knows no control characters, however they are written. */
const escaped = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
const attribute = (text: string) => `"${escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`
