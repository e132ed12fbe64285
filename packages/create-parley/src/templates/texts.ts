/** What says how to go on. */
export const readmeTemplate = (name: string): string => `# ${name}

A chat of your own, on Parley.

\`\`\`sh
npm install
npm run dev
\`\`\`

Your page is at http://127.0.0.1:3000, the server with its studio at http://127.0.0.1:8787. No key is needed: a built-in
offline model answers, and says that it is not a language model. For a real one copy \`.env.example\` to \`.env\` and
fill it in.

| file | what it is |
|---|---|
| \`apps/assistant.ts\` | the agent: its instructions and tools. A change is read again while the server runs |
| \`page/index.html\` | the page with the chat in it |
| \`dev.mjs\` | starts both |

\`npx parley apps new support\` writes another app, \`npm run check\` reads all of them and says what is wrong. The APIs of
each app are documented at http://127.0.0.1:8787/docs.

For types in your editor: \`npm install --save-dev @openai/agents zod\`.
`

export const ENV_TEMPLATE = `# Copy this file to .env. Every setting can stand here; \`npx parley --help\` lists them.

# A language model. Without one the built-in offline model answers.
# OPENAI_API_KEY=sk-…

# Any compatible host: Ollama, LM Studio, vLLM and others.
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1
# PARLEY_MODEL=qwen3

# PORT=8787
# PAGE_PORT=3000
`

export const GITIGNORE_TEMPLATE = `node_modules
.env
.parley
`
