// The shared tablet before anybody is signed in: the clock goes on, and a pad of digits stands under the PIN.
const shown = document.querySelector('[data-now]')
if (shown) {
  // Counted from the server's clock: the tablet's own may be wrong.
  const ahead = Date.parse(shown.getAttribute('datetime')) - Date.now()
  const timeZone = shown.closest('[data-zone]')?.dataset.zone
  const wall = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const opened = Date.now()
  setInterval(() => {
    shown.textContent = wall.format(Date.now() + ahead)
    // What is on, and who may sign in here, is asked anew from time to time.
    if (Date.now() - opened > 300_000 && !document.querySelector('input[type="text"]')?.value) location.reload()
  }, 1000)
}

const form = document.querySelector('[data-pin]')
if (form) {
  const field = form.querySelector('input[name="pin"]')
  const pad = form.querySelector('[data-pad]')
  const press = (digit) => {
    field.value = digit === '' ? field.value.slice(0, -1) : (field.value + digit).slice(0, 4)
    if (field.value.length === 4) form.requestSubmit()
  }
  for (const digit of ['1', '2', '3', '4', '5', '6', '7', '8', '9', null, '0', '']) {
    if (digit === null) { pad.append(document.createElement('span')); continue }
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = digit || pad.dataset.erase
    if (!digit) button.className = 'erase'
    button.addEventListener('click', () => press(digit))
    pad.append(button)
  }
  pad.hidden = false
  // A finger uses the pad; opening the tablet's own keyboard over it would only hide it.
  if (matchMedia('(pointer: coarse)').matches) field.readOnly = true
  else field.focus()
  field.addEventListener('input', () => { if (/^[0-9]{4}$/.test(field.value)) form.requestSubmit() })
}
