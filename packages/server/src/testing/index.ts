/** What tests start from: a server in the test's own process, readers, builders, and the suites every store must pass. */
export { describeRunStore } from './describe-run-store.js'
export { describeStore, type OpenedStore } from './describe-store.js'
export { readEvents, streamEvents } from './read-events.js'
export { readError, readJson } from './read-json.js'
export { type SteeredApp, steeredApp } from './steered-app.js'
export { type TestParley, type TestParleyOptions, type TestRequest, testParley } from './test-parley.js'
export type { TestRunner } from './test-runner.js'
export { userText } from './user-text.js'
