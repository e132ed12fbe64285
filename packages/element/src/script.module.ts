/** Entry of `chatkit.mjs`, for `<script type="module">` and `import()`. */
import { defineElement } from './define.js'
import { FRAME_SCRIPTS } from './frame-scripts.js'

defineElement(import.meta.url, FRAME_SCRIPTS)
