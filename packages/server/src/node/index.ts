/** What running on Node takes: a server for a fetch handler, or a listener to mount it in one that exists. */

export { type CodeRunnerOptions, codeRunner } from '../interpreter/code-runner.js'
export { diskFiles } from '../storage/files/disk-files.js'
export { type S3Options, s3Files } from '../storage/files/s3-files.js'
export { type GuardedFetchOptions, nodeGuardedFetch } from './guarded-fetch.js'
export { ListenError, type Listener, listen, nodeListener } from './listen.js'
export { loadWidgetTemplate } from './load-widget-template.js'
export { createModelTransport } from './model-transport.js'
