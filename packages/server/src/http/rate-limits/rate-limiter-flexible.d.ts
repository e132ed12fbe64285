/** The library names its types for its main file only. */
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  // biome-ignore lint/style/noDefaultExport: it is a CommonJS file whose whole export is the class
  export { RateLimiterMemory as default } from 'rate-limiter-flexible'
}
