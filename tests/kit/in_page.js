// What the kit does inside a page. It runs in its own world: the page cannot see it, nor take its functions away.
// Every wait ends by itself: it gives up after `ms` and says why.
globalThis.kit = (() => {
  const clock = performance;
  const ACTIVE = 'a[href],button,label,summary,select,input,textarea,[role=button],[role=tab],[role=link],[role=option],' +
    '[role=radio],[role=checkbox],[role=menuitem],[role=switch],[tabindex]:not([tabindex="-1"])';

  // The next picture, or a moment later where no pictures are drawn.
  const frame = () => new Promise((next) => { requestAnimationFrame(() => next()); setTimeout(next, 60); });
  // What keeps words on one line is not seen.
  const plain = (words) => (words ?? '').replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
  // What the browser only draws once it comes near (`content-visibility: auto`) counts: one scrolls to it. Else what
  // was just put on the page would be missing for a picture or two, and what is far up or down always.
  const far = (el) => el.checkVisibility() && !el.checkVisibility({ contentVisibilityAuto: true });
  const farWithin = (el) => [...el.children].flatMap((child) => (far(child) ? [child] : farWithin(child)));
  const words = (el) => {
    if (far(el)) return plain(el.textContent);
    return plain([el.innerText ?? el.textContent, ...farWithin(el).map((one) => one.textContent)].join(' '));
  };
  const name = (el) => {
    const own = words(el).slice(0, 30);
    const of = el.id ? '#' + el.id : el.classList?.length ? '.' + [...el.classList].join('.') : '';
    return `<${el.localName}${of}>${own ? ` “${own}”` : ''}`;
  };
  const visible = (el) => el.getClientRects().length > 0 && el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const disabled = (el) => el.matches(':disabled,[aria-disabled=true]') || el.closest('[inert],fieldset:disabled') !== null;
  const labels = (el) => [el.getAttribute('aria-label'), el.getAttribute('placeholder'), el.title, el.value && el.matches('input[type=submit],input[type=button]') ? el.value : ''];

  // Of several nested elements only the innermost stand.
  const innermost = (all) => all.filter((el) => !all.some((other) => other !== el && el.contains(other)));

  function byText(root, text) {
    const shown = [...root.querySelectorAll('*')].filter((el) => !['SCRIPT', 'STYLE'].includes(el.tagName) && visible(el));
    const active = shown.filter((el) => el.matches(ACTIVE));
    const exact = (el) => words(el) === text || labels(el).some((label) => plain(label) === text);
    for (const found of [active.filter(exact), active.filter((el) => words(el).includes(text))]) {
      if (found.length) return innermost(found);
    }
    return innermost(shown.filter((el) => words(el) === text));
  }

  function byLabel(root, text) {
    const fields = [...root.querySelectorAll('input,textarea,select,[contenteditable]')];
    const called = (el) => [...(el.labels ?? [])].map(words).concat(labels(el).map(plain),
      (el.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => id && document.getElementById(id)).filter(Boolean).map(words));
    const exact = fields.filter((el) => called(el).includes(text));
    return exact.length ? exact : fields.filter((el) => called(el).some((label) => label && label.includes(text)));
  }

  // Every element that a target means, visible or not.
  function all({ css, text, label, within }) {
    const roots = within ? [...document.querySelectorAll(within)] : [document];
    const found = new Set();
    for (const root of roots) {
      const part = css ? root.querySelectorAll(css) : label ? byLabel(root, plain(label)) : byText(root, plain(text));
      for (const el of part) found.add(el);
    }
    return [...found];
  }

  function one(target) {
    let found = all(target);
    const shown = found.filter(visible);
    if (target.nth != null) return shown[target.nth] ? { el: shown[target.nth] } : { why: `only ${shown.length} of them are visible` };
    if (shown.length === 1) return { el: shown[0] };
    if (shown.length > 1) return { why: `${shown.length} match: ${shown.slice(0, 6).map(name).join(', ')}` };
    return { why: found.length ? `it is there but not visible: ${found.slice(0, 3).map(name).join(', ')}` : 'nothing on the page matches' };
  }

  function hit(el, x, y) {
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot?.elementFromPoint(x, y) && top.shadowRoot.elementFromPoint(x, y) !== top) top = top.shadowRoot.elementFromPoint(x, y);
    if (!top) return 'its middle lies outside the window';
    if (top === el || el.contains(top) || [...(el.labels ?? [])].some((label) => label.contains(top))) return '';
    return `it is covered by ${name(top)}`;
  }

  const box = (el) => {
    const { left, top, right, bottom } = el.getClientRects()[0] ?? el.getBoundingClientRect();
    return { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom) };
  };

  // Where to tap: in view, at rest, enabled, on top.
  async function aimOnce(target) {
    const { el, why } = one(target);
    if (!el) return { why };
    if (disabled(el)) return { why: `${name(el)} is disabled` };
    const away = el.getBoundingClientRect();
    if (away.top < 0 || away.left < 0 || away.bottom > innerHeight || away.right > innerWidth || hit(el, (away.left + away.right) / 2, (away.top + away.bottom) / 2)) {
      el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    }
    const before = box(el);
    // A page may scroll a picture or two after what made it scroll.
    for (let pictures = 0; pictures < 3; pictures++) await frame();
    const after = box(el);
    if (!el.isConnected) return { why: `${name(el)} was replaced while it was aimed at` };
    if (['left', 'top', 'right', 'bottom'].some((side) => Math.abs(before[side] - after[side]) > 0.5)) return { why: `${name(el)} is moving` };
    const x = (after.left + after.right) / 2, y = (after.top + after.bottom) / 2;
    if (after.right - after.left < 1 || after.bottom - after.top < 1) return { why: `${name(el)} is outside the window` };
    const covered = hit(el, x, y);
    return covered ? { why: covered } : { el, x, y, width: after.right - after.left, height: after.bottom - after.top };
  }

  async function until(ms, look) {
    const end = clock.now() + ms;
    for (;;) {
      const seen = await look();
      if (!seen.why || clock.now() >= end) return seen;
      await frame();
    }
  }

  const is = (what) => (what === true ? {} : { why: what || 'it is not so' });
  const waits = {
    text: (ms, needle) => until(ms, () => is(words(document.body ?? document.documentElement).includes(plain(needle)) || 'the text is not displayed')),
    noText: (ms, needle) => until(ms, () => is(!words(document.body ?? document.documentElement).includes(plain(needle)) || 'the text is still displayed')),
    textIn: (ms, { part, needle }) => until(ms, () => is([...document.querySelectorAll(part)].some((one) => words(one).includes(plain(needle))) || 'the text is not displayed there')),
    there: (ms, target) => until(ms, () => is(all(target).some(visible) || one(target).why)),
    gone: (ms, target) => until(ms, () => is(!all(target).some(visible) || 'it is still displayed')),
    js: (ms, ask) => until(ms, async () => {
      try { const value = await ask(); return value ? { value } : { why: `it is ${JSON.stringify(value)}` }; }
      catch (error) { return { why: String(error) }; }
    }),
  };

  let landed = null;
  async function aim(ms, target) {
    const found = await until(ms, () => aimOnce(target));
    if (found.why) return { why: found.why };
    landed = new Promise((done) => addEventListener('click', (event) => {
      const path = event.composedPath();
      // What was drawn anew since it was aimed at is the same to a finger.
      const el = found.el.isConnected ? found.el : one(target).el ?? found.el;
      const reached = path.includes(el) || [...(el.labels ?? [])].some((label) => path.includes(label));
      done(reached ? {} : { why: `the tap reached ${name(path[0])}` });
    }, { capture: true, once: true }));
    const { x, y, width, height } = found;
    return { x, y, width, height };
  }
  const tapped = (ms) => Promise.race([landed, new Promise((late) => setTimeout(() => late({ why: 'no click came of it' }), ms))]);

  // Ready to be typed into: it has the focus, and what it held is selected.
  const focused = (ms, target) => until(ms, () => {
    const { el, why } = one(target);
    if (!el) return { why };
    const held = document.activeElement;
    if (held !== el && !el.contains(held)) return { why: `the focus is on ${held ? name(held) : 'nothing'}` };
    if (el.readOnly) return { why: `${name(el)} cannot be written` };
    el.select ? el.select() : getSelection().selectAllChildren(el);
    return {};
  });

  // A real person turns a wheel here; the browser's own picker cannot be driven, so the value is set and told.
  const set = (ms, target, value) => until(ms, () => {
    const { el, why } = one(target);
    if (!el) return { why };
    if (disabled(el)) return { why: `${name(el)} is disabled` };
    let wanted = value;
    if (el.localName === 'select') {
      const option = [...el.options].find((option) => option.value === value || plain(option.label) === plain(value));
      if (!option) return { why: `it offers only ${[...el.options].map((option) => `“${plain(option.label)}”`).join(', ')}` };
      wanted = option.value;
    }
    el.focus();
    el.value = wanted;
    if (el.value !== wanted) return { why: `it does not take “${wanted}”` };
    el.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    el.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    return {};
  });

  const value = (target) => { const { el, why } = one(target); return el ? { value: el.type === 'checkbox' || el.type === 'radio' ? el.checked : el.value ?? words(el) } : { why }; };
  const list = (target) => all(target).filter(visible).map(words);
  const page = () => {
    const body = document.body ?? document.documentElement;
    return body ? [body.innerText, ...farWithin(body).map((one) => one.textContent)].join('\n') : '';
  };
  // What sticks out of the window on the right, innermost first. A phone zooms out to show it all, so that
  // `innerWidth` grows with it; the width of the layout does not.
  const overflow = () => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter((el) => visible(el) && el.getBoundingClientRect().right > clientWidth + 0.5);
    return innermost(out).slice(0, 8).map(name).concat(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
  };
  // What a finger cannot be sure to hit: smaller than `px` in a direction, its label counted in.
  const small = (px) => [...document.querySelectorAll(ACTIVE)].filter((el) => el.localName !== 'label' && visible(el) && !disabled(el)).filter((el) => {
    const parts = [el, ...(el.labels ?? [])].map((part) => part.getBoundingClientRect());
    return !parts.some(({ width, height }) => width >= px - 0.5 && height >= px - 0.5);
  }).map((el) => { const { width, height } = el.getBoundingClientRect(); return `${name(el)} ${Math.round(width)}×${Math.round(height)}`; });

  // Made when first asked for: a page that is measured pays nothing for it.
  let canvas = null;
  // Any colour of CSS as red, green, blue (0–255) and opacity (0–1).
  const rgba = (colour) => {
    canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  // The colour behind an element; nothing where a picture lies there.
  function behind(el) {
    const layers = [];
    for (let at = el; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      layers.push(rgba(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((under, layer) => over(layer, under), rgba('Canvas').slice(0, 3));
  }
  // Text that is too pale to read (WCAG 2.2: 4.5 to 1, large text 3 to 1).
  const pale = () => [...document.body.querySelectorAll('*')].filter((el) => visible(el) && !disabled(el) &&
    [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).flatMap((el) => {
    const style = getComputedStyle(el), under = behind(el);
    if (!under) return [];
    const px = parseFloat(style.fontSize), large = px >= 24 || (px >= 18.66 && style.fontWeight >= 700);
    const [a, b] = [light(over(rgba(style.color), under)), light(under)].sort((one, other) => other - one);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio + 0.01 < (large ? 3 : 4.5) ? [`${name(el)} ${ratio.toFixed(1)}:1`] : [];
  });
  // Words that are cut off: of a box that shows no more than fits, or of a field narrower than what stands in it.
  const cut = () => [...document.body.querySelectorAll('*')].filter((el) => visible(el) && !el.closest('svg')).filter((el) => {
    const style = getComputedStyle(el), box = el.getBoundingClientRect();
    // Only for those who hear the page.
    if (box.width <= 1 || box.height <= 1) return false;
    if (el.matches('select,input')) {
      const shown = el.localName === 'select' ? el.selectedOptions[0]?.label : el.value || el.placeholder;
      if (!shown || ['checkbox', 'radio', 'date'].includes(el.type)) return false;
      measure ??= new OffscreenCanvas(1, 1).getContext('2d');
      const letters = getComputedStyle(el, el.value ? null : '::placeholder');
      measure.font = `${letters.fontWeight} ${letters.fontSize} ${style.fontFamily}`;
      return measure.measureText(shown).width > el.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1;
    }
    const clips = (way) => way === 'hidden' || way === 'clip';
    return words(el) && ((clips(style.overflowX) && el.scrollWidth > el.clientWidth + 1) || (clips(style.overflowY) && el.scrollHeight > el.clientHeight + 1));
  }).map(name);
  let measure = null;
  // What lies under a bar once it was brought into view as the browser does for a person who goes on by the keyboard.
  const hidden = async () => {
    const before = scrollY, found = [];
    const part = document.querySelector('dialog[open]') ? 'dialog[open]' : 'main';
    for (const el of document.querySelectorAll(['input', 'select', 'textarea', 'button', 'a[href]'].map((kind) => `${part} ${kind}`).join())) {
      if (!visible(el) || disabled(el)) continue;
      // The upper and the lower end of what the person types into or taps.
      const look = () => {
        el.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const { left, right, top, bottom, height } = el.getBoundingClientRect(), end = Math.min(6, height / 3);
        return [top + end, bottom - end].map((y) => hit(el, (left + right) / 2, y)).find((why) => why);
      };
      // What is drawn only when it comes near moves what lies below it.
      let why = look();
      for (let pictures = 0; why && pictures < 8; pictures++) { await frame(); why = look(); }
      if (why) found.push(`${name(el)} ${why}`);
    }
    scrollTo(0, before);
    return found;
  };
  return { waits, aim, tapped, focused, set, value, list, page, overflow, small, pale, cut, hidden };
})();
