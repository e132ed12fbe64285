import { readdirSync, readFileSync } from 'node:fs'
import { checkedWidgetRootSchema } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffWidget } from './diff-widget.js'
import { parseWidgetFile } from './widget-file.js'
import { widgetTemplate } from './widget-template.js'
import type { WidgetTemplateError } from './widget-template-error.js'

const fixtures = new URL('./fixtures/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, fixtures), 'utf8')
const names = readdirSync(fixtures).flatMap((name) => (name.endsWith('.widget') ? [name.slice(0, -7)] : []))

const file = (template: string, more: object = {}) => ({
  version: '1.0',
  name: 'Mine',
  template,
  jsonSchema: {},
  ...more,
})
/** A card that shows what an expression is. */
const shown = (expression: string, data = {}) =>
  widgetTemplate(file(`{"type":"Card","children":[],"shown":{{ (${expression}) | tojson }}}`)).render(data)

function failure(work: () => unknown): WidgetTemplateError {
  try {
    work()
  } catch (thrown) {
    return thrown as WidgetTemplateError // the assertions read its fields
  }
  throw new Error('nothing failed')
}

describe('B6: a widget file', () => {
  // The expected widgets were written by Jinja 3.1.6 with StrictUndefined, from the same templates and data.
  it.each(names)('%s becomes the widget that Jinja makes of it', (name) => {
    const template = widgetTemplate(read(`${name}.widget`), { checkData: true })
    for (const { data, widget } of JSON.parse(read(`${name}.json`))) {
      expect(template.render(data)).toEqual(widget)
      expect(checkedWidgetRootSchema.safeParse(widget).error?.issues ?? []).toEqual([])
    }
  })

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['another version', file('x', { version: '2.0' }), /version: /],
    ['no version', file('x', { version: undefined }), /version: /],
    ['no name', file('x', { name: undefined }), /name: /],
    ['a template that is no text', file('x', { template: 1 }), /template: /],
    ['no schema', file('x', { jsonSchema: undefined }), /jsonSchema: /],
    ['no object', '[]', /the file: /],
  ])('with %s is refused by the name of the field', (_, given, message) => {
    const error = failure(() => parseWidgetFile(given))

    expect(error).toMatchObject({ name: 'WidgetTemplateError', reason: 'file' })
    expect(error.message).toMatch(message)
  })

  it('is used without a look at its schema, unless the data is to be checked', () => {
    const given = file('{"type":"Card","children":[]}', {
      jsonSchema: { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] },
    })

    expect(widgetTemplate(given).render({ count: 'x' })).toEqual({ type: 'Card', children: [] })
    const error = failure(() => widgetTemplate(given, { checkData: true }).render({ count: 'x' }))
    expect(error.reason).toBe('data')
    expect(error.message).toContain('count: ')
  })
})

describe('B6: a template', () => {
  it.each<[string, string, string, string]>([
    [
      'an undefined variable',
      '{"type":\n {{ title | tojson }}}',
      'undefined',
      '"title" is undefined (line 2, column 5',
    ],
    ['a missing field', '{{ user.name }}', 'undefined', '"user.name" is undefined'],
    ['a missing field of a loop variable', '{% for x in [{}] %}{{ x.id }}{% endfor %}', 'undefined', '"x.id"'],
    ['a condition on nothing', '{% if open %}{% endif %}', 'undefined', '"open" is undefined'],
    ['something undefined inside a list', '{{ [gone] | tojson }}', 'undefined', '"gone" is undefined'],
    ['an unknown filter', '{{ user | shout }}', 'syntax', 'there is no filter "shout"; there are tojson'],
    ['an unknown statement', '{% include "x" %}', 'syntax', '"include" is not expected here'],
    ['a call', '{{ user.constructor("x") }}', 'syntax', '"constructor" cannot be called'],
    ['a block without end', '{% if user %}', 'syntax', '"{% endif %}" is expected, but the template ends'],
    ['an expression without end', '{{ user', 'syntax', '"{{" is never closed (line 1, column 1'],
    ['a list as text', '{{ [1] }}', 'value', 'pass it through "tojson"'],
    ['a loop over a number', '{% for x in 5 %}{% endfor %}', 'value', 'a list is expected, but this is a number'],
    ['text that is no JSON', '{"type":', 'output', 'wrote no JSON'],
    ['another root', '{"type":"Text","value":"x"}', 'output', 'wrote no widget; type'],
    ['no root', '[]', 'output', 'wrote no widget; the root'],
  ])('with %s fails where it does', (_, template, reason, message) => {
    const error = failure(() => widgetTemplate(file(template)).render({ user: {} }))

    expect(error).toMatchObject({ name: 'WidgetTemplateError', reason })
    expect(error.message).toContain(`"Mine"`)
    expect(error.message).toContain(message)
  })

  it.each<[string, object, unknown]>([
    ['missing | default("x")', {}, 'x'],
    ['user.nick | default("x")', { user: {} }, 'x'],
    ['none_given', { none_given: null }, null],
    ['missing is defined', {}, false],
    ['missing is none', {}, false],
    ['a.b[0].c', { a: { b: [{ c: 1 }] } }, 1],
    ['"😀ab"[1:]', {}, 'ab'],
    ['a ~ b * 2', { a: 1, b: 2 }, '14'],
    ['1 < 2 < 3 and 2 not in [1]', {}, true],
    ['{"a": {"b": 1}}["a"]["b"]', {}, 1],
    ['a == b', { a: [{ x: 1 }], b: [{ x: 1 }] }, true],
    ['-7 % 3', {}, 2],
  ])('knows %s', (expression, data, expected) => {
    expect(shown(expression, data)).toMatchObject({ shown: expected })
  })

  it('leaves the data as it was', () => {
    const data = { list: [1] }

    expect(shown('list if list.append(2) is none else 0', data)).toMatchObject({ shown: [1, 2] })
    expect(data).toEqual({ list: [1] })
  })

  it.each(['constructor', 'x.constructor', 'x.__proto__', 'x["__proto__"]', '"".length', '[].map', 'toString'])(
    'finds no prototype behind %s',
    (expression) => {
      expect(failure(() => shown(expression, { x: {} }))).toMatchObject({ reason: 'undefined' })
    },
  )

  it.each<[string, string]>([
    ['runs long', `${'{% for a in l %}'.repeat(5)}${'{% endfor %}'.repeat(5)}`],
    [
      'grows its text',
      '{% set ns = namespace(t="xxxxxxxx") %}{% for a in l %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}',
    ],
    ['searches long texts', '{% for a in l %}{% for b in l %}{{ s[1:2] }}{{ s | length }}{% endfor %}{% endfor %}'],
    ['grows a list', '{% set ns = namespace(t=l) %}{% for a in l %}{% set ns.t = ns.t + ns.t %}{% endfor %}'],
    ['writes a list that holds itself', '{% set x = [] %}{% set _ = x.append(x) %}{{ x | tojson }}'],
    ['compares lists that hold themselves', '{% set x = [] %}{% set _ = x.append(x) %}{{ x == [x] }}'],
    [
      'doubles a list of lists',
      '{% set ns = namespace(t=[1]) %}{% for a in l %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t | tojson }}',
    ],
    ['nests brackets', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['nests minus signs', `{{ ${'- '.repeat(5000)}1 }}`],
    ['nests nots', `{{ ${'not '.repeat(5000)}1 }}`],
    ['chains attributes', `{{ l${'[0]'.repeat(5000)} }}`],
    ['nests blocks', '{% if 1 %}'.repeat(5000)],
    [
      'writes a deep widget',
      '{"type":"Card","children":[{% for a in l %}{% for b in l %}{"type":"Col","children":[{% endfor %}{% endfor %}{% for a in l %}{% for b in l %}]}{% endfor %}{% endfor %}]}',
    ],
  ])('that %s is stopped', (_, template) => {
    const data = { l: Array.from({ length: 40 }, () => 1), s: '😀'.repeat(20_000) }

    expect(failure(() => widgetTemplate(file(template)).render(data))).toMatchObject({ reason: 'limit' })
  })

  it('is stopped by data that holds itself', () => {
    const data: Record<string, unknown> = {}
    data.self = data

    expect(failure(() => shown('1', data))).toMatchObject({ reason: 'limit' })
  })

  it.each<[string, string]>([
    ['quotes', '"\\"'],
    ['markup', "</script><script>alert('1')</script>&amp;"],
    ['template text', '{{ 7 * 7 }} {% if %} {# #} -}}'],
    ['line ends', 'a\r\nb\u2028c\0'],
    ['half a character', '\ud83d'],
    ['a megabyte', '"<é😀'.repeat(200_000)],
  ])('takes %s in a value for data', (_, value) => {
    expect(shown('value', { value })).toMatchObject({ shown: value })
  })

  it('writes any data so that JSON reads it back, whole', () => {
    const template = widgetTemplate(
      file(
        '{% set c %}{% for x in list %},{"type":"Text","data":{{ x | tojson }}}{% endfor %}{% endset %}{"type":"Card","children":[{{ c[1:] }}],"all":{{ {"list": list} | tojson }}}',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const given = JSON.parse(JSON.stringify(list))
        const widget = template.render({ list: given })
        expect(widget).toEqual({
          type: 'Card',
          children: given.map((data: unknown) => ({ type: 'Text', data })),
          all: { list: given },
        })
      }),
      { numRuns: 500 },
    )
  })

  it('either reads or fails with its own error, whatever the text', () => {
    const piece = fc.constantFrom(
      ...[
        '{{',
        '}}',
        '{%',
        '%}',
        '{%-',
        '-}}',
        '{#',
        '#}',
        ' if ',
        ' for x in l ',
        ' set a ',
        ' endif ',
        ' endset ',
        ' else ',
      ],
      ...[
        'endfor',
        '=',
        'l',
        '[0]',
        '.a',
        '(',
        ')',
        '"',
        "'",
        '|tojson',
        ' is ',
        ' not ',
        '~',
        '1',
        ',',
        '{"a":',
        '}',
        '\\',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const error = failure(() => {
          widgetTemplate(file(pieces.join(''))).render({ l: [1, 2] })
          widgetTemplate({})
        })
        expect(error.name).toBe('WidgetTemplateError')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('B6: a template filled again while its data grows', () => {
  it('streams the text that was added, and a new tree for any other change', () => {
    const { render } = widgetTemplate(read('draft.widget'))
    const state = { subject: 'Hi', body: 'Dear', done: false, notes: null }

    expect(diffWidget(render(state), render(state))).toEqual([])
    expect(diffWidget(render(state), render({ ...state, body: 'Dear Ada' }))).toEqual([
      { type: 'widget.streaming_text.value_delta', component_id: 'body', delta: ' Ada', done: false },
    ])
    const finished = render({ ...state, done: true })
    expect(diffWidget(render(state), finished)).toEqual([{ type: 'widget.root.updated', widget: finished }])
  })
})
