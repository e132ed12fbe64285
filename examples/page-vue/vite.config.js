import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const isChat = (tag) => tag === 'openai-chatkit'

/** Vue has to be told which tags are elements of their own. */
export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: isChat } } })],
})
