// Import borders from layers.json, type imports included, and no cycles anywhere.
// A folder belongs to its longest listed layer and may import that layer, the layers listed for it, and any npm
// package that is not `closed`. `*` is every layer.
const { closed, layers } = require('./layers.json')

const names = Object.keys(layers)
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Matches the files of a layer, without those of the deeper layers inside it. */
function filesOf(layer) {
  const deeper = names
    .filter((name) => name.startsWith(`${layer}/`))
    .map((name) => `${literal(name.slice(layer.length + 1))}/`)
  return `^${literal(layer)}/${deeper.length > 0 ? `(?!${deeper.join('|')})` : ''}`
}

/** Tests and the programs and data they start from. */
const TESTS = '\\.(test|fixture)\\.tsx?$'

/** What npm installed, wherever it lies. */
const PACKAGES = '(^|/)node_modules/'

const borders = names
  .filter((layer) => !layers[layer].includes('*'))
  .map((layer) => ({
    name: `border of ${layer}`,
    severity: 'error',
    from: { path: filesOf(layer), pathNot: TESTS },
    to: {
      path: '^(packages|apps)/',
      pathNot: [PACKAGES, ...[layer, ...layers[layer].filter((name) => !closed.includes(name))].map(filesOf)],
    },
  }))

const closedTo = (name) => names.filter((layer) => !layers[layer].includes(name)).map(filesOf)

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...borders,
    {
      name: 'node modules only where Node is',
      severity: 'error',
      from: { path: closedTo('node:'), pathNot: [TESTS, '\\.config\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no React outside its bindings',
      severity: 'error',
      from: { path: closedTo('react'), pathNot: TESTS },
      to: { path: 'node_modules/(react|react-dom)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['parley-source', 'import', 'types', 'default'],
    },
  },
}
