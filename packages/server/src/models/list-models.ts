import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { answeredError, unreachableError } from './model-error.js'
import { headersOf, type ModelHost, namesOf } from './model-host.js'
import { fetchTransport } from './transport.js'

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/** The names of the models a host offers, at least one. @throws {ParleyError} `model_failed` when it cannot be asked, or offers none. */
export async function listModels(host: ModelHost, signal?: AbortSignal): Promise<string[]> {
  const names = namesOf(host, '')
  const url = `${host.baseUrl.replace(/\/+$/, '')}/models`
  const response = await (host.transport ?? fetchTransport)(url, {
    method: 'GET',
    headers: headersOf(host),
    signal,
  }).catch((thrown: unknown) => {
    throw unreachableError(names, thrown)
  })
  const text = await response.text()
  if (response.status !== 200) throw answeredError(names, response.status, text)
  const { data } = modelList.safeParse(parseJson(text))
  if (!data?.data[0])
    throw new ParleyError(
      'model_failed',
      `The model host ${names.host} lists no models. Set ${names.settings.model} to the one to use.`,
    )
  return data.data.map(({ id }) => id)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not a list of models, which the schema says next
  }
}
