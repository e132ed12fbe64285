/** A page of somebody's own with the chat in it. */
export const PAGE_TEMPLATE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>My chat</title>
    <!-- In production: the address of your own server, here and below. -->
    <script src="http://127.0.0.1:8787/chatkit.js" async></script>
    <style>
      body {
        margin: 0;
      }
      openai-chatkit {
        display: block;
        height: 100dvh;
      }
    </style>
  </head>
  <body>
    <openai-chatkit id="chat"></openai-chatkit>
    <script type="module">
      await customElements.whenDefined('openai-chatkit')
      document.getElementById('chat').setOptions({
        api: { url: 'http://127.0.0.1:8787/api/chatkit/assistant', domainKey: 'local' },
        startScreen: {
          greeting: 'What can I do for you?',
          prompts: [{ label: 'What time is it in Tokyo?', prompt: 'What time is it in Tokyo?', icon: 'calendar' }],
        },
      })
    </script>
  </body>
</html>
`
