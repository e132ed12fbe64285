/** The page's side: its theme, its orders, and what of both the chat may use. */
const chat = document.getElementById('chat')
const ORDERS = [
  { id: '1234', title: 'Order 1234', group: 'Orders', icon: 'suitcase', interactive: true },
  { id: '1299', title: 'Order 1299', group: 'Orders', icon: 'suitcase', interactive: true },
]

function showOrder(id) {
  document.getElementById('order').textContent = `You are looking at order ${id}.`
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme
  chat.setOptions(options(theme))
}

/** All options for a theme; `setOptions` replaces them while the chat goes on. */
const options = (theme) => ({
  api: { url: '/chatkit', domainKey: 'local' },
  theme,
  header: {
    rightAction: {
      icon: theme === 'dark' ? 'light-mode' : 'dark-mode',
      onClick: () => setTheme(theme === 'dark' ? 'light' : 'dark'),
    },
  },
  startScreen: { greeting: 'Welcome to the shop', prompts: [{ label: 'Make it dark', prompt: 'Make it dark' }] },
  composer: {
    placeholder: 'Ask, or name an order with @',
    models: [
      { id: 'quick', label: 'Quick', default: true },
      { id: 'thorough', label: 'Thorough', description: 'Takes its time' },
    ],
  },
  // A tool of the agent that runs here; what it returns goes back.
  onClientTool: ({ name, params }) => {
    if (name !== 'switch_theme') throw new Error(`This page has no tool ${name}.`)
    setTheme(params.theme)
    return { theme: params.theme }
  },
  entities: {
    showComposerMenu: true,
    onTagSearch: async (query) => ORDERS.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())),
    onClick: ({ id }) => showOrder(id),
    onRequestPreview: async ({ title }) => ({
      preview: { type: 'Basic', children: [{ type: 'Text', value: `${title}: two lamps` }] },
    }),
  },
  widgets: {
    onAction: async ({ type, payload }) => {
      if (type === 'order.show') showOrder(payload.id)
    },
  },
})

await customElements.whenDefined('openai-chatkit')
setTheme('light')
