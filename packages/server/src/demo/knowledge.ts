import { createKeywordIndex } from '../knowledge/keyword-index.js'

/** What the demo knows: Parley itself, in a page. */
const ABOUT_PARLEY = `# Parley

Parley is an open, self-hosted home for agentic chat: one server and one chat you can embed. The server speaks OpenAI's ChatKit protocol, so clients that were built for ChatKit work with it after changing a URL.

## Connecting a model

Parley talks to any language model behind an OpenAI-compatible address. Set the variables and start the server again:

\`\`\`sh
# OpenAI
OPENAI_API_KEY=sk-... npm start

# any other host: Ollama, LM Studio, vLLM, OpenRouter …
OPENAI_BASE_URL=http://127.0.0.1:11434/v1 PARLEY_MODEL=qwen3 npm start
\`\`\`

With OPENAI_API_KEY alone, gpt-4.1-mini answers; PARLEY_MODEL names another. At any other host, without PARLEY_MODEL, the first model it lists is used, and the log says which. Without any of these the built-in offline model answers: it quotes, and says so.

## Embedding the chat

Load the script from your Parley server and put the element on your page. It brings its own frame and makes no request to anybody else. Put in the address of your server, or copy the code from “Embed this” on its page, where the address is right already:

\`\`\`html
<script src="http://127.0.0.1:8787/chatkit.js" async></script>
<openai-chatkit id="chat"></openai-chatkit>
<script type="module">
  await customElements.whenDefined('openai-chatkit')
  document.getElementById('chat').setOptions({ api: { url: 'http://127.0.0.1:8787/api/chatkit', domainKey: 'local' } })
</script>
\`\`\`

## Embedding in React

Use the published package \`@openai/chatkit-react\` and give it the address of your server:

\`\`\`tsx
const { control } = useChatKit({ api: { url: 'http://127.0.0.1:8787/api/chatkit', domainKey: 'local' } })
return <ChatKit control={control} />
\`\`\`

Load \`/chatkit.js\` from your server in the page's head, instead of the one from OpenAI's network.

## Settings

| Variable | Meaning | Default |
| --- | --- | --- |
| PORT | port of the server | 8787 |
| HOST | address it listens on | 127.0.0.1 |
| PARLEY_DATA | directory of the embedded database | .parley |
| DATABASE_URL | PostgreSQL instead of the embedded database | |
| ENVIRONMENT | development (one user, no login) or production | development on this machine |
| PARLEY_JWT_SECRET | the secret that signs your users' tokens in production | |
| PARLEY_DEFAULT_APP | the app behind /api/chatkit | demo |

## Signing users in

In development everybody is the same user and nobody has to log in. In production every request carries a JWT in the Authorization header, signed with PARLEY_JWT_SECRET (HS256); its subject is the user. Threads belong to their user: nobody can read another's.

## Where conversations are kept

Threads, messages and runs are kept in a SQLite database in the data directory, or in PostgreSQL when DATABASE_URL is set. Every accepted message survives a crash of the server; an answer that was being written is kept up to its last second.

## Writing your own agent

An app is an agent of the OpenAI Agents SDK for TypeScript, or a function of your own that yields events. Tools may show steps and widgets while they work, agents may hand over to each other, and every agent may use its own model.
`

/** Searches what the demo knows. */
export const demoKnowledge = createKeywordIndex([
  { title: 'About Parley', filename: 'about-parley.md', text: ABOUT_PARLEY },
])
