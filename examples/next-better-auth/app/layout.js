import Script from 'next/script'

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Script src={`${process.env.NEXT_PUBLIC_BACKEND_URL ?? 'http://localhost:8787'}/chatkit.js`} />
        {children}
      </body>
    </html>
  )
}
