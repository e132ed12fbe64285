import type { Annotation, Source, Task, ThreadItem, ThreadStreamEvent, Workflow } from '@parley/protocol'
import type { AnswerContext, AnsweringApp } from './test-app.js'

/** What a scene may do: name its items, change the thread, and wait where the test wants to look. */
export interface Stage extends AnswerContext {
  hold(): Promise<void>
}

export type Scene = (stage: Stage) => AsyncGenerator<ThreadStreamEvent>

/** A square of one colour: small enough to write down, and a picture all the same. */
export const RED_SQUARE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
const GREEN_SQUARE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="512" height="512"%3E%3Crect width="512" height="512" fill="%23186"/%3E%3Ccircle cx="256" cy="230" r="120" fill="%23fd6"/%3E%3Cpath d="M0 400 Q256 280 512 400 V512 H0Z" fill="%23243"/%3E%3C/svg%3E'

/** One answer per kind of thing a thread can show; the person asks for it by its name. */
export const SCENES: Record<string, Scene> = {
  async *sources(stage) {
    const text = 'Unopened items can be sent back within 30 days. Opened ones can be exchanged, says the support team.'
    yield* write(text, stage, [
      at(46, { ...POLICY, index: 0 }),
      at(46, { type: 'file', filename: 'terms-2026.pdf', title: 'Terms of sale', description: 'Section 4, page 12' }),
      at(75, {
        type: 'entity',
        id: 'ticket_17',
        title: 'Ticket 17',
        icon: 'book-open',
        interactive: true,
        label: 'Support',
        data: { id: '17' },
        group: 'Internal',
      }),
      at(text.length - 1, {
        type: 'entity',
        id: 'team_1',
        title: 'The support team',
        inline_label: 'Support',
        interactive: false,
        data: {},
        group: 'Internal',
      }),
      {
        type: 'annotation',
        source: { type: 'url', url: 'https://example.org/faq', title: 'Frequently asked questions' },
      },
    ])
  },

  async *reasoning(stage) {
    const { hold } = stage
    const item = workflowItem(stage, { type: 'reasoning', tasks: [], expanded: false })
    yield { type: 'thread.item.added', item }
    yield taskAdded(item, 0, { type: 'thought', content: 'The person wants to send', status_indicator: 'none' })
    yield taskUpdated(item, 0, {
      type: 'thought',
      content: 'The person wants to send a lamp back.',
      status_indicator: 'none',
    })
    await hold()
    yield taskAdded(item, 1, {
      type: 'thought',
      title: 'Checking the dates',
      content: 'It was bought **nine** days ago.',
      status_indicator: 'none',
    })
    yield {
      type: 'thread.item.done',
      item: withWorkflow(
        item,
        [
          { type: 'thought', content: 'The person wants to send a lamp back.', status_indicator: 'none' },
          {
            type: 'thought',
            title: 'Checking the dates',
            content: 'It was bought **nine** days ago.',
            status_indicator: 'none',
          },
        ],
        { duration: 9 },
      ),
    }
    yield* write('You can send it back.', stage)
  },

  async *steps(stage) {
    const { hold } = stage
    const item = workflowItem(stage, { type: 'custom', tasks: [TASKS.search], expanded: false })
    yield { type: 'thread.item.added', item }
    yield taskUpdated(item, 0, { ...TASKS.search, status_indicator: 'complete' })
    yield taskAdded(item, 1, { ...TASKS.file, status_indicator: 'loading' })
    await hold()
    const tasks: Task[] = [
      { ...TASKS.search, status_indicator: 'complete' },
      TASKS.file,
      TASKS.image,
      TASKS.custom,
      TASKS.unnamed,
    ]
    yield {
      type: 'thread.item.done',
      item: withWorkflow(item, tasks, { title: 'Looked up the order', icon: 'suitcase' }),
    }
    yield { type: 'thread.item.done', item: { ...head(stage, 'task'), type: 'task', task: TASKS.custom } }
    yield* write('It left the warehouse this morning.', stage)
  },

  async *image(stage) {
    const item: ThreadItem = { ...head(stage, 'message'), type: 'generated_image' }
    yield { type: 'thread.item.added', item }
    await stage.hold()
    yield imageUpdated(item, RED_SQUARE, 0.5)
    await stage.hold()
    yield { type: 'thread.item.done', item: { ...item, image: { id: 'img_1', url: GREEN_SQUARE } } }
  },

  async *'foreign image'(stage) {
    const item: ThreadItem = { ...head(stage, 'message'), type: 'generated_image' }
    yield {
      type: 'thread.item.done',
      item: { ...item, image: { id: 'img_2', url: 'https://pictures.example.com/spy.png' } },
    }
  },

  async *'allowed pictures'({ thread, ...stage }) {
    if (thread) thread.allowed_image_domains = ['pictures.example']
    const names = [
      'https://cdn.pictures.example/lamp.png',
      'https://pictures.example/gone.png',
      'https://else.example/a.png',
    ]
    yield* write(names.map((url, at) => `![Picture ${at}](${url})`).join('\n\n'), stage)
  },

  async *table(stage) {
    yield* write('| Item | Days |\n| :--- | ---: |\n| **Lamp** | 30 |\n| Book | 14 |\n\nThat is all.', stage)
  },

  async *'end of turn'(stage) {
    yield* write('That is the answer.', stage)
    yield { type: 'thread.item.done', item: { ...head(stage, 'message'), type: 'end_of_turn' } }
    await stage.hold()
  },

  async *progress(stage) {
    yield { type: 'progress_update', text: 'Asking the warehouse', icon: 'phone' }
    await stage.hold()
    yield { type: 'progress_update', text: 'Writing it down' }
    await stage.hold()
    yield* write('Here it is.', stage)
  },

  async *notices(stage) {
    yield { type: 'notice', level: 'info', message: 'We are open **until six**.', title: 'Opening hours' }
    yield { type: 'notice', level: 'warning', message: 'Two messages are left.' }
    yield { type: 'notice', level: 'danger', message: 'See [the policy](https://example.com/policy).' }
    yield* write('Here you are.', stage)
  },

  async *locked({ thread, ...stage }) {
    if (thread) thread.status = { type: 'locked', reason: 'A colleague looks into it.' }
    yield* write('A colleague takes over.', stage)
  },

  async *closed({ thread, ...stage }) {
    if (thread) thread.status = { type: 'closed' }
    yield* write('Goodbye.', stage)
  },

  async *'custom error'() {
    yield { type: 'error', code: 'custom', message: 'Your plan has no pictures.', allow_retry: false }
  },

  async *'stream error'() {
    yield { type: 'error', code: 'stream.error', allow_retry: true }
  },

  async *lines(stage) {
    yield* write('Roses are red\nViolets are blue', stage)
  },
}

const POLICY: Source & { index?: number } = {
  type: 'url',
  url: 'https://shop.example.com/returns',
  title: 'Returns and refunds',
  description: 'Everything unopened can be sent back within thirty days, at our expense.',
  timestamp: '2026-03-14T09:00:00Z',
  attribution: 'The shop',
}

const TASKS = {
  search: {
    type: 'web_search',
    title_query: 'parcel 1234',
    queries: ['parcel 1234', 'parcel 1234 delayed'],
    sources: [{ type: 'url', url: 'https://carrier.example.com/1234', title: 'Parcel 1234' }],
    status_indicator: 'loading',
  },
  file: {
    type: 'file',
    title: 'Read the delivery note',
    sources: [{ type: 'file', filename: 'note.pdf', title: 'note.pdf' }],
    status_indicator: 'complete',
  },
  image: { type: 'image', title: 'Looked at the photo', status_indicator: 'complete' },
  custom: {
    type: 'custom',
    title: 'Asked the warehouse',
    icon: 'phone',
    content: 'They said **today**.',
    status_indicator: 'none',
  },
  unnamed: { type: 'custom', content: 'Wrote it down, with `care`.', status_indicator: 'none' },
} satisfies Record<string, Task>

const at = (index: number, { index: _, ...source }: Source & { index?: number }): Annotation => ({
  type: 'annotation',
  index,
  source: source as Source, // the same but for the index
})

function head({ newId, threadId }: Stage, kind: Parameters<Stage['newId']>[0]) {
  return { id: newId(kind), thread_id: threadId, created_at: new Date().toISOString() }
}

export interface SceneApp extends AnsweringApp {
  /** Lets the scene that holds go on to its next hold; told before there is one, that hold is passed. */
  release(): void
}

/** An agent that plays the scene a message names, and repeats anything else. */
export function createSceneApp(scenes = SCENES): SceneApp {
  /** Lets the scene that holds go on; absent while none does. */
  let goOn: (() => void) | undefined
  let isReleased = false
  const hold = () =>
    new Promise<void>((resolve) => {
      if (!isReleased) goOn = resolve
      else resolve()
      isReleased = false
    })
  return {
    async *answer(turn, context) {
      const name = 'text' in turn ? turn.text : ''
      const scene = scenes[name]
      yield* scene ? scene({ ...context, hold }) : write(`You said: ${name}`, { ...context, hold })
    },
    release() {
      if (goOn) goOn()
      else isReleased = true
      goOn = undefined
    },
  }
}

/** Streams `text` word by word, its annotations at the end. */
export async function* write(
  text: string,
  stage: Stage,
  annotations: Annotation[] = [],
): AsyncGenerator<ThreadStreamEvent> {
  const item = { ...head(stage, 'message'), type: 'assistant_message' } as const
  yield { type: 'thread.item.added', item: { ...item, content: [] } }
  for (const delta of text.match(/\s*\S+\s*/g) ?? []) {
    const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta } as const
    yield { type: 'thread.item.updated', item_id: item.id, update }
  }
  for (const [annotation_index, annotation] of annotations.entries()) {
    const type = 'assistant_message.content_part.annotation_added'
    yield {
      type: 'thread.item.updated',
      item_id: item.id,
      update: { type, content_index: 0, annotation_index, annotation },
    }
  }
  yield { type: 'thread.item.done', item: { ...item, content: [{ type: 'output_text', text, annotations }] } }
}

type WorkflowItem = Extract<ThreadItem, { type: 'workflow' }>

const workflowItem = (stage: Stage, workflow: Workflow): WorkflowItem => ({
  ...head(stage, 'workflow'),
  type: 'workflow',
  workflow,
})

const withWorkflow = (item: WorkflowItem, tasks: Task[], summary: Workflow['summary']): WorkflowItem => ({
  ...item,
  workflow: { ...item.workflow, tasks, summary },
})

const taskAdded = ({ id }: ThreadItem, task_index: number, task: Task): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id: id,
  update: { type: 'workflow.task.added', task_index, task },
})

const taskUpdated = ({ id }: ThreadItem, task_index: number, task: Task): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id: id,
  update: { type: 'workflow.task.updated', task_index, task },
})

const imageUpdated = ({ id }: ThreadItem, url: string, progress: number): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id: id,
  update: { type: 'generated_image.updated', image: { id: 'img_1', url }, progress },
})
