// A page that nobody watches. A page of Playwright's own tells Playwright of every network packet, on the very thread
// that is being measured; this one is in a browser context Playwright does not know, and is spoken to only when asked.

/** As the browsers' own tools have it: 1.6 Mbit/s, 150 ms until an answer begins. */
export const SLOW_4G = { latency: 150, downloadThroughput: 200_000 }

/**
 * Opens `url`; `evaluate` runs a function in the page with JSON arguments and returns what it resolves to. `line` is a
 * slow line (see SLOW_4G), `cpu` how many times slower the processor is, `first` a function that runs before the page.
 */
export async function openBarePage(browser, url, { width, height, line, cpu, first }) {
  const root = await browser.newBrowserCDPSession()
  const { browserContextId } = await root.send('Target.createBrowserContext')
  const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
  const calls = new Map()
  let lastId = 0
  let traced = null

  root.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error, method, params } = JSON.parse(message)
    if (method === 'Tracing.dataCollected') traced?.push(...params.value)
    const call = calls.get(id ?? method)
    calls.delete(id ?? method)
    if (error) call?.reject(new Error(error.message))
    else call?.resolve(result)
  })
  const answer = (key) => new Promise((resolve, reject) => calls.set(key, { resolve, reject }))
  const send = async (method, params = {}) => {
    const id = ++lastId
    const answered = answer(id)
    await root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    return answered
  }

  await send('Page.enable')
  await send('Performance.enable')
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
  if (line) {
    await send('Network.enable')
    await send('Network.emulateNetworkConditions', { offline: false, uploadThroughput: -1, ...line })
  }
  if (cpu) await send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (first) await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${first})()` })
  const loaded = answer('Page.loadEventFired')
  await send('Page.navigate', { url })
  await loaded
  await send('Page.disable')
  return {
    async evaluate(run, ...args) {
      const expression = `(${run})(...${JSON.stringify(args)})`
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    },
    async metrics() {
      const { metrics } = await send('Performance.getMetrics')
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
    },
    /** MB of JavaScript objects that are in use. */
    async heapMB() {
      await send('HeapProfiler.enable')
      await send('HeapProfiler.collectGarbage')
      const { usedSize } = await send('Runtime.getHeapUsage')
      await send('HeapProfiler.disable')
      return usedSize / 1048576
    },
    async type(text) {
      await send('Input.insertText', { text })
    },
    async pressEnter() {
      const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    },
    async startTracing(categories) {
      traced = []
      await send('Tracing.start', { traceConfig: { includedCategories: categories } })
    },
    async stopTracing() {
      const complete = answer('Tracing.tracingComplete')
      await send('Tracing.end')
      await complete
      return JSON.stringify({ traceEvents: traced })
    },
    async close() {
      await root.send('Target.disposeBrowserContext', { browserContextId })
      await root.detach()
    },
  }
}
