/** The price page in the languages of its readers; pricing.tsx gives all of them one shape. */
export interface PricingTexts {
  readonly path: string
  readonly lang: string
  readonly dir?: 'rtl'
  readonly title: string
  readonly description: string
  readonly eyebrow: string
  readonly heading: string
  readonly lead: string
  readonly perMonth: string
  readonly popular: string
  readonly plans: readonly Plan[]
  readonly questionsTitle: string
  readonly questions: readonly (readonly [question: string, answer: string])[]
}

export interface Plan {
  readonly name: string
  readonly price: string
  readonly for: string
  readonly points: readonly string[]
  readonly action: string
  readonly href: '/demo' | '/contact'
  readonly highlighted?: boolean
}

export const PRICING_TEXTS: readonly PricingTexts[] = [
  {
    path: '/pricing',
    lang: 'en',
    title: 'Pricing',
    description: 'Three plans, billed monthly, with every price on the page.',
    eyebrow: 'Pricing',
    heading: 'Priced by team, not by head',
    lead: 'Invite finance, sales and the agency: people who read and approve are free. Prices are per month, without VAT.',
    perMonth: 'a month',
    popular: 'Most teams',
    plans: [
      {
        name: 'Starter',
        price: '€190',
        for: 'One marketing team that wants out of the spreadsheet.',
        points: ['Up to 5 planners', 'Timeline and budget', 'Two integrations', 'E-mail support'],
        action: 'Start for free',
        href: '/contact',
      },
      {
        name: 'Team',
        price: '€490',
        for: 'Marketing and finance working from the same page.',
        points: [
          'Up to 20 planners',
          'Approvals and versions',
          'All integrations',
          'Quarterly review page',
          'Onboarding in two sessions',
        ],
        action: 'Book a demo',
        href: '/demo',
        highlighted: true,
      },
      {
        name: 'Group',
        price: '€1,150',
        for: 'Several brands or countries, one board meeting.',
        points: [
          'Unlimited planners',
          'Currencies and legal entities',
          'Single sign-on',
          'Named contact, answer in 2 hours',
        ],
        action: 'Talk to us',
        href: '/contact',
      },
    ],
    questionsTitle: 'Asked before signing',
    questions: [
      [
        'Can we pay by invoice?',
        'Yes, from the Team plan on: yearly by invoice, 30 days net, ten per cent less than monthly.',
      ],
      [
        'How long does it take to start?',
        'Most teams move a running quarter in an afternoon. The onboarding checklist under Resources says who does what.',
      ],
      [
        'What happens after the trial?',
        'Nothing, unless you choose a plan. We keep your data for 60 days, then delete it.',
      ],
      [
        'Where is our data?',
        'In Frankfurt and Helsinki, nowhere else. The data-processing agreement is part of every plan.',
      ],
    ],
  },
  {
    path: '/bg/ceni',
    lang: 'bg',
    title: 'Цени',
    description: 'Три плана с месечно плащане и всички цени на едно място.',
    eyebrow: 'Цени',
    heading: 'Цена за екипа, не за човек',
    lead: 'Поканете финансите, продажбите и агенцията: който само чете и одобрява, не плаща. Цените са на месец, без ДДС.',
    perMonth: 'на месец',
    popular: 'Най-избиран',
    plans: [
      {
        name: 'Начало',
        price: '190 €',
        for: 'За един маркетингов екип, който иска да се раздели с таблиците.',
        points: ['До 5 души, които планират', 'График и бюджет', 'Две интеграции', 'Помощ по имейл'],
        action: 'Започнете безплатно',
        href: '/contact',
      },
      {
        name: 'Екип',
        price: '490 €',
        for: 'Маркетингът и финансите гледат една и съща страница.',
        points: [
          'До 20 души, които планират',
          'Одобрения и версии',
          'Всички интеграции',
          'Преглед на тримесечието',
          'Въвеждане в две срещи',
        ],
        action: 'Заявете демо',
        href: '/demo',
        highlighted: true,
      },
      {
        name: 'Група',
        price: '1150 €',
        for: 'Няколко марки или държави, един съвет на директорите.',
        points: [
          'Без ограничение на хората',
          'Валути и юридически лица',
          'Единен вход (SSO)',
          'Личен консултант, отговор до 2 часа',
        ],
        action: 'Пишете ни',
        href: '/contact',
      },
    ],
    questionsTitle: 'Какво ни питат преди подписване',
    questions: [
      [
        'Може ли да платим по фактура?',
        'Да, от план „Екип“ нагоре: за година напред, със срок 30 дни и отстъпка от десет на сто.',
      ],
      ['Колко време отнема началото?', 'Повечето екипи пренасят текущото тримесечие за един следобед.'],
      [
        'Какво става след пробния период?',
        'Нищо, ако не изберете план. Пазим данните ви 60 дни и после ги изтриваме.',
      ],
    ],
  },
  {
    path: '/pl/ceny',
    lang: 'pl',
    title: 'Cennik',
    description: 'Trzy plany, płatność co miesiąc, wszystkie ceny na jednej stronie.',
    eyebrow: 'Cennik',
    heading: 'Cena za zespół, nie za osobę',
    lead: 'Zaproś finanse, sprzedaż i agencję: kto tylko czyta i zatwierdza, nie płaci. Ceny miesięczne, bez VAT.',
    perMonth: 'miesięcznie',
    popular: 'Najczęściej wybierany',
    plans: [
      {
        name: 'Start',
        price: '190 €',
        for: 'Dla jednego zespołu, który chce pożegnać arkusz.',
        points: ['Do 5 planujących osób', 'Oś czasu i budżet', 'Dwie integracje', 'Pomoc e-mailem'],
        action: 'Zacznij za darmo',
        href: '/contact',
      },
      {
        name: 'Zespół',
        price: '490 €',
        for: 'Marketing i finanse patrzą na tę samą stronę.',
        points: [
          'Do 20 planujących osób',
          'Zatwierdzanie i wersje',
          'Wszystkie integracje',
          'Podsumowanie kwartału',
          'Wdrożenie w dwóch spotkaniach',
        ],
        action: 'Umów prezentację',
        href: '/demo',
        highlighted: true,
      },
      {
        name: 'Grupa',
        price: '1150 €',
        for: 'Kilka marek lub krajów, jedno posiedzenie zarządu.',
        points: [
          'Bez limitu osób',
          'Waluty i spółki',
          'Logowanie jednokrotne (SSO)',
          'Stały opiekun, odpowiedź w 2 godziny',
        ],
        action: 'Napisz do nas',
        href: '/contact',
      },
    ],
    questionsTitle: 'O to pytają nas przed podpisaniem',
    questions: [
      [
        'Czy możemy płacić na fakturę?',
        'Tak, od planu Zespół: za rok z góry, termin 30 dni, dziesięć procent taniej.',
      ],
      ['Ile trwa wdrożenie?', 'Większość zespołów przenosi trwający kwartał w jedno popołudnie.'],
      ['Co po okresie próbnym?', 'Nic, jeśli nie wybierzesz planu. Dane trzymamy 60 dni, potem je usuwamy.'],
    ],
  },
  {
    path: '/he/pricing',
    lang: 'he',
    dir: 'rtl',
    title: 'מחירים',
    description: 'שלוש תוכניות בתשלום חודשי, וכל המחירים בעמוד אחד.',
    eyebrow: 'מחירים',
    heading: 'מחיר לצוות, לא לאדם',
    lead: 'הזמינו את הכספים, המכירות והסוכנות: מי שרק קורא ומאשר אינו משלם. המחירים לחודש, לפני מע״מ.',
    perMonth: 'לחודש',
    popular: 'הבחירה של רוב הצוותים',
    plans: [
      {
        name: 'התחלה',
        price: '190 €',
        for: 'צוות שיווק אחד שרוצה להיפרד מהגיליון.',
        points: ['עד 5 מתכננים', 'ציר זמן ותקציב', 'שתי אינטגרציות', 'תמיכה בדוא״ל'],
        action: 'להתחיל בחינם',
        href: '/contact',
      },
      {
        name: 'צוות',
        price: '490 €',
        for: 'שיווק וכספים עובדים מאותו עמוד.',
        points: ['עד 20 מתכננים', 'אישורים וגרסאות', 'כל האינטגרציות', 'סיכום רבעוני', 'הטמעה בשתי פגישות'],
        action: 'לתיאום הדגמה',
        href: '/demo',
        highlighted: true,
      },
      {
        name: 'קבוצה',
        price: '1,150 €',
        for: 'כמה מותגים או מדינות, ישיבת דירקטוריון אחת.',
        points: ['מתכננים ללא הגבלה', 'מטבעות וחברות', 'כניסה אחודה (SSO)', 'איש קשר קבוע, מענה בתוך שעתיים'],
        action: 'דברו איתנו',
        href: '/contact',
      },
    ],
    questionsTitle: 'מה שואלים אותנו לפני החתימה',
    questions: [
      ['אפשר לשלם בחשבונית?', 'כן, מתוכנית צוות ומעלה: לשנה מראש, שוטף 30, בהנחה של עשרה אחוזים.'],
      ['כמה זמן לוקח להתחיל?', 'רוב הצוותים מעבירים רבעון פעיל בתוך אחר צהריים אחד.'],
      ['מה קורה אחרי תקופת הניסיון?', 'כלום, אם לא בחרתם תוכנית. הנתונים נשמרים 60 יום ואז נמחקים.'],
    ],
  },
]
