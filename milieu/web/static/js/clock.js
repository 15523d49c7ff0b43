// The clock in the top bar, and every countdown: each second below five minutes, each minute above.
// <span data-due="ISO" data-name="Tom"> shows minutes; data-style="clock" shows 4:12. Says five, two and nought once.
import { $$, hhmm, now, say, speak } from './page.js'

const said = new Set()

function minutesLeft(left) {
  // Rounded up both ways, as the server does: "late 1 min" from the first second, "1 min" until the last.
  const minutes = Math.max(1, Math.ceil(Math.floor(Math.abs(left) / 1000) / 60))
  if (left < 0) return say('late', { time: inWords(minutes) })
  return inWords(minutes)
}

function inWords(minutes) {
  return minutes < 60 ? say('min', { n: minutes }) : say('hours', { h: Math.floor(minutes / 60), n: minutes % 60 })
}

function clockLeft(left) {
  if (left < 0 || left >= 60 * 60000) return minutesLeft(left)
  const seconds = Math.floor(left / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function announce(element, due, left) {
  const name = element.dataset.name
  if (!name) return
  for (const [minutes, word] of [[5, 'five'], [2, 'two'], [0, 'zero']]) {
    const gone = minutes * 60000 - left
    const key = `${name} ${due} ${minutes}`
    if (gone < 0 || gone > 1500 || said.has(key)) continue
    said.add(key)
    speak(say(word, { name }))
  }
}

// The ring is redrawn here; how the row is dressed is the server's word, asked again when five minutes or none are left.
function ring(element, left) {
  const share = Number(element.dataset.share)
  if (share && !element.dataset.whole) element.dataset.whole = String(left / share)
  const drawn = element.closest('.status')?.querySelector('.ring .left')
  const whole = Number(element.dataset.whole)
  if (drawn && whole) drawn.setAttribute('stroke-dasharray', `${Math.max(0, (50.27 * left) / whole).toFixed(1)} 50.3`)
  const stage = left < 0 ? 2 : left < 300000 ? 1 : 0
  if (element.dataset.stage && element.dataset.stage < stage) {
    const region = element.closest('[data-region]')?.dataset.region
    document.dispatchEvent(new CustomEvent('milieu:crossed', { detail: { regions: [region, 'needs', 'vitals'] } }))
  }
  element.dataset.stage = String(stage)
}

let timer = 0
export function tick() {
  clearTimeout(timer)
  if (document.hidden) return
  const moment = now()
  const top = document.querySelector('[data-now]')
  if (top && top.textContent !== hhmm(moment)) top.textContent = hhmm(moment)
  let next = 60000 - (moment % 60000)
  // A page of a past moment stands still.
  const running = document.body.dataset.past === undefined ? $$('[data-due]') : []
  for (const element of running) {
    const due = Date.parse(element.dataset.due)
    const left = due - moment
    const text = element.dataset.style === 'clock' ? clockLeft(left) : minutesLeft(left)
    if (element.textContent !== text) element.textContent = text
    ring(element, left)
    announce(element, due, left)
    if (left < 301000 || (element.dataset.style === 'clock' && left < 3600000)) next = Math.min(next, 1000 - (moment % 1000))
    else next = Math.min(next, 1 + (left % 60000))
  }
  timer = setTimeout(tick, Math.max(50, next))
}

document.addEventListener('milieu:swapped', tick)
document.addEventListener('visibilitychange', tick)
tick()
