// Starts the program itself, with a demo office of its own, for tests from end to end.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Gewu {
  url: string
  /** What the program printed so far: the demo accounts are in it. */
  output: () => string
  stop: () => Promise<void>
}

const binary = resolve(process.env.GEWU_BIN ?? '../bin/gewu')
const patience = 30_000 // ms until the program answers; a demo office is written first

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const s = createServer()
    s.on('error', fail)
    s.listen(0, '127.0.0.1', () => {
      const address = s.address()
      s.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}

/** Starts `gewu serve` with these flags beside its address, database and files, and waits until it is ready. */
export async function startGewu(flags: string[] = ['--demo', '--residents', '400']): Promise<Gewu> {
  const dir = await mkdtemp(join(tmpdir(), 'gewu-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = [
    'serve',
    '--addr',
    `127.0.0.1:${port}`,
    '--db',
    join(dir, 'gewu.db'),
    '--data',
    join(dir, 'data'),
  ]
  const child = spawn(binary, [...args, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let gone: string | undefined
  child.stdout.on('data', (d) => (said += String(d)))
  child.stderr.on('data', (d) => (said += String(d)))
  child.on('error', (e) => (gone = `${binary} did not start: ${e.message}`))
  const ended = new Promise<void>((done) =>
    child.on('close', (code) => {
      gone ??= `${binary} ended with ${code}`
      done()
    }),
  )
  const stop = async () => {
    if (child.exitCode === null && child.pid) {
      child.kill('SIGTERM')
      await Promise.race([ended, new Promise((r) => setTimeout(r, 5000).unref())])
      if (child.exitCode === null) child.kill('SIGKILL')
    }
    await rm(dir, { recursive: true, force: true })
  }
  for (const until = Date.now() + patience; Date.now() < until;) {
    if (gone) break
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return { url, output: () => said, stop }
    await new Promise((r) => setTimeout(r, 100))
  }
  await stop()
  throw new Error(`${gone ?? `${binary} was not ready after ${patience / 1000} s`}\n${said}`)
}
