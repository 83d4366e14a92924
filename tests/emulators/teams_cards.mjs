// What Microsoft's own library finds wrong with cards: reads {name: card} from standard input and
// prints {name: [finding, …]} for those where there is any.
import fs from 'node:fs';
import AdaptiveCards from 'adaptivecards/dist/adaptivecards.js';

// It counts what waits behind the three dots among the buttons in sight; those are counted elsewhere.
// It checks `lang` with a pattern that remembers its last match, and so refuses every second card.
const found = {};
for (const [name, { lang, ...card }] of Object.entries(JSON.parse(fs.readFileSync(0, 'utf8')))) {
  const parsed = new AdaptiveCards.AdaptiveCard();
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  parsed.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: 20 } });
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  events.push(...parsed.validateProperties().validationEvents);
  if (events.length) found[name] = events.map(event => event.message);
}
console.log(JSON.stringify(found));
