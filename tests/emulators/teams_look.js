// How a card looks, about as in Teams; `scale` is the size of letters. The renderer counts what waits
// behind the three dots among the buttons in sight, so it is not the one that counts them.
const sizes = { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 };
const teams = scale => new AdaptiveCards.HostConfig({
  fontFamily: '"Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif',
  fontSizes: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, size * scale])),
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, size * scale * 1.4])),
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 0 },
  supportsInteractivity: true,
  containerStyles: {
    default: { backgroundColor: '#ffffff', foregroundColors: { default: { default: '#242424', subtle: '#616161' } } },
    emphasis: { backgroundColor: '#f0f0f5', foregroundColors: { default: { default: '#242424', subtle: '#616161' } } },
  },
  actions: { maxActions: 20, spacing: 'default', buttonSpacing: 8, showCard: { actionMode: 'inline' },
    actionsOrientation: 'horizontal', actionAlignment: 'left' },
  inputs: { label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder', suffix: ' *' }, optionalInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention', spacing: 'small' } },
});
// Of Markdown only links: nothing else is ever sent on purpose, and then it shows.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const safe = text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
  result.outputHtml = safe.replace(/\[([^\]]+)\]\((https:[^)\s]+)\)/g, '<a href="$2">$1</a>');
  result.didProcess = true;
};
