// The part of Teams that a bot meets: cards in a chat, cards that are replaced, and a dialog. The
// relay that serves this page turns what is pressed into the activities that Teams would send.
const scale = Number(new URLSearchParams(location.search).get('scale') ?? 1);
document.documentElement.style.setProperty('--size', `${14 * scale}px`);

const config = teams(scale);

// The renderer checks `lang` with a pattern that remembers its last match: every second card fails.
const chat = document.getElementById('chat');
const complaints = [];

function draw({ lang, ...card }, place, where) {
  const drawn = new AdaptiveCards.AdaptiveCard();
  const context = new AdaptiveCards.SerializationContext();
  drawn.hostConfig = config;
  drawn.parse(card, context);
  for (let at = 0; at < context.eventCount; at += 1) complaints.push(context.getEventAt(at).message);
  drawn.validateProperties().validationEvents.forEach(event => complaints.push(event.message));
  drawn.onExecuteAction = action => act(where, action.getJsonTypeName(), action.data ?? {}, place);
  place.replaceChildren(drawn.render());
}

// Whoever drives this page waits until nothing is on its way.
window.busy = 0;

async function ask(path, body, then) {
  window.busy += 1;
  try {
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
    const came = await answer.json();
    then(came);
    show(came.posts);
  } finally {
    window.busy -= 1;
  }
}

function act(where, type, data, place) {
  return ask('/act', { where, type, data }, came => {
    if (came.replace) draw(came.replace, place, 'chat');
    document.getElementById('beside').textContent = came.beside ?? '';
    document.querySelector('.dialog')?.remove();
    if (came.dialog) open(came.dialog);
  });
}

function open(task) {
  const dialog = document.createElement('div');
  dialog.className = 'dialog';
  dialog.innerHTML = '<h1><span></span><button aria-label="Close">✕</button></h1><div class="card"></div>';
  dialog.querySelector('span').textContent = task.title ?? 'Luwte';
  dialog.querySelector('button').onclick = () => dialog.remove();
  if (task.card) draw(task.card, dialog.querySelector('.card'), 'dialog');
  else dialog.querySelector('.card').textContent = task.text;
  document.body.append(dialog);
}

function show(posts) {
  for (const post of posts) {
    const place = document.createElement('div');
    place.className = post.card ? 'card' : 'line';
    chat.append(place);
    if (post.card) draw(post.card, place, 'chat');
    else place.textContent = post.text;
  }
}

document.getElementById('say').onkeydown = event => {
  if (event.key !== 'Enter') return;
  const text = event.target.value;
  event.target.value = '';
  const said = document.createElement('p');
  said.className = 'said';
  said.textContent = text;
  chat.append(said);
  ask('/say', { text }, () => {});
};

window.complaints = complaints;
ask('/open', {}, () => {});
