/** What people type, or forms preset, when they say nothing. Compared in lower case. */
export const EMPTY_ANSWERS: ReadonlySet<string> = new Set(
  [
    '-, --, ---, –, —, ., .., ..., ?, x, xx, xxx, n/a, n.a., null, undefined, nan, none, nil, test, asdf, asdfasdf, qwerty',
    'select, select..., select one, please select, please choose, choose, choose one, -- select --, - select -, -select-, --select--, select an option, - none -, -none-, --none--',
    'bitte wählen, bitte auswählen, -- bitte wählen --, keine angabe, k.a.',
    'sélectionner, choisir, sélectionnez, veuillez sélectionner, veuillez choisir, -- choisir --',
    'seleccionar, seleccione, selecciona, elegir, elija, selezionare, seleziona, scegli, selecione, escolha, selecteer, kies',
    'wybierz, -- wybierz --, proszę wybrać, vyberte, изберете, избери, -- изберете --, моля изберете, выберите, -- выберите --, виберіть, בחר, בחרו, בחירה, נא לבחור, 選択してください',
  ]
    .join(', ')
    .split(', '),
)

/** Forms of address: a field that holds one is a salutation, whatever its label says. */
export const SALUTATIONS: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr prof sir madam herr frau m mme mlle monsieur madame mademoiselle sr sra srta señor señora don doña sig sig.ra signor signora dhr mevr de heer mevrouw pan pani г-н г-жа господин госпожа г-н. מר גברת גב׳ divers'.split(
    ' ',
  ),
)
