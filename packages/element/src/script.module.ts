/** Entry of `chatkit.mjs`, for `<script type="module">` and `import()`. */
import { defineChatKit } from './define.js'

defineChatKit({ server: import.meta.url })
