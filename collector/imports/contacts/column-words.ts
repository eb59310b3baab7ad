import type { LexiconEntry } from '../../enrich/words.ts'

/** What a CRM's column holds beside traits. `none`: the CRM's own affairs, though the words may resemble a trait's. */
export type CrmColumn =
  | 'none'
  | 'closedAt'
  | 'updatedAt'
  | 'createdAt'
  | 'reason'
  | 'amount'
  | 'currency'
  | 'outcome'
  | 'userId'

/** By the words of a header. The narrow ones come first: "lost reason" is no outcome, "deal owner" is nobody's name. */
export const CRM_COLUMNS: readonly LexiconEntry<CrmColumn>[] = [
  {
    means: 'none',
    phrases: {
      en: 'organization created, organisation created, company created, account created, deal created, opportunity created, owner*, assigned*, account manager, sales rep, salesperson, created by, modified by, updated by, deal name, opportunity name, campaign*, list name, segment*, pipeline, pipeline name, source*, record source, lead source, original source, opt in*, opt out*, optin*, optout*, unsubscrib*, subscri*, bounce*, email status, email opt*, email valid*, email type, phone type, do not call, do not contact, secondary*, alternate*, other email, other phone, assistant*, manager name, note, notes, description, comment*, tag, tags, last activity*, last contact*, next activity*, expected close*, forecast*, probability, lead score, score, rating, birth*, date of birth, time zone, timezone, gender',
      de: 'inhaber*, eigentumer*, zustandig*, bearbeiter*, quelle*, notiz*, bemerkung*, kommentar*, kampagne*, wahrscheinlichkeit',
      fr: 'proprietaire*, responsable, source, remarque*, commentaire*, campagne*, probabilite',
      es: 'propietario*, responsable, fuente*, origen, nota*, comentario*, campana*, probabilidad',
      it: 'proprietario*, responsabile, fonte, origine, nota, note, commento*, campagna*',
      nl: 'eigenaar*, bron, opmerking*, notitie*, campagne*',
      pt: 'proprietario*, responsavel, origem, observac*, comentario*, campanha*',
      pl: 'wlasciciel*, opiekun*, zrodlo*, notatk*, uwagi, kampania',
      cs: 'vlastnik*, zdroj, poznamk*, kampan*',
      bg: 'собственик*, отговорник*, отговорен*, източник*, бележк*, коментар*, кампания*, вероятност*',
      ru: 'ответственный*, владелец*, источник*, заметк*, примечан*, комментари*, кампания*, вероятность',
      uk: 'відповідальний*, власник*, джерело, нотатк*, коментар*',
      he: 'בעלים, אחראי, מקור, הערות',
    },
  },
  {
    means: 'reason',
    phrases: {
      en: 'lost reason, loss reason, reason lost, reason for loss, closed lost reason, closed won reason, disqualif* reason, unqualified reason, reason',
      de: 'verlustgrund, ablehnungsgrund, grund',
      fr: 'motif*, raison de perte, raison',
      es: 'motivo*, razon',
      it: 'motivo*, causale',
      nl: 'reden*',
      pt: 'motivo*, razao',
      pl: 'powod*, przyczyna',
      cs: 'duvod*',
      bg: 'причина*',
      ru: 'причина*',
      uk: 'причина*',
      he: 'סיבה, סיבת',
    },
  },
  {
    means: 'closedAt',
    phrases: {
      en: 'close date, closed date, date closed, closing date, closed at, closed on, closedate, close time, won time, lost time, won date, lost date, won on, lost on, deal closed, became a customer*, became customer*, customer since, outcome date, decision date',
      de: 'abschlussdatum, abgeschlossen am, geschlossen am, kunde seit',
      fr: 'date de cloture, date de fermeture, date de signature, client depuis',
      es: 'fecha de cierre, cerrado el, cliente desde',
      it: 'data chiusura, data di chiusura, cliente dal',
      nl: 'sluitingsdatum, afsluitdatum, gesloten op, klant sinds',
      pt: 'data de fechamento, data de encerramento, cliente desde',
      pl: 'data zamkniecia, zamknieto, klient od',
      cs: 'datum uzavreni, uzavreno, zakaznik od',
      bg: 'дата на затваряне, дата на приключване, дата на сделката, затворен* на, приключен* на, клиент от',
      ru: 'дата закрытия, дата сделки, закрыт*, клиент с',
      uk: 'дата закриття, дата угоди',
      he: 'תאריך סגירה',
    },
  },
  {
    means: 'updatedAt',
    phrases: {
      en: 'last modified*, lastmodified*, modified date, modified on, modified at, modified time, date modified, updated at, updated on, last updated, last update, update time, updated time, =updated, =modified',
      de: 'zuletzt geandert*, geandert am, anderungsdatum, aktualisiert*',
      fr: 'modifie le, date de modification, derniere modification, mis a jour*',
      es: 'fecha de modificacion, ultima modificacion, modificado*, actualizado*',
      it: 'data modifica, data di modifica, ultima modifica, aggiornato*',
      nl: 'wijzigingsdatum, gewijzigd*, laatst gewijzigd',
      pt: 'data de modificacao, modificado*, atualizado*, ultima modificacao',
      pl: 'data modyfikacji, zmodyfikowano, zaktualizowano, ostatnia aktualizacja',
      cs: 'datum zmeny, upraveno, zmeneno, aktualizovano',
      bg: 'дата на промяна, променен*, обновен*, последна промяна',
      ru: 'дата изменения, изменен*, обновлен*',
      uk: 'дата зміни, змінено, оновлено',
      he: 'תאריך עדכון, עודכן',
    },
  },
  {
    means: 'createdAt',
    phrases: {
      en: 'create date, createdate, created date, createddate, created at, createdat, created on, createdon, created time, create time, creation date, creation time, date created, date added, added on, added at, add time, add date, =created, person created, contact created, lead created, =added, date entered, signup date, sign up date, signed up, registered on, registration date, first seen',
      de: 'erstellt*, erstellungsdatum, angelegt*, anlagedatum, hinzugefugt am',
      fr: 'cree le, creee le, date de creation, date d ajout, ajoute le',
      es: 'fecha de creacion, creado*, fecha de alta, anadido el',
      it: 'data creazione, data di creazione, creato*, data inserimento',
      nl: 'aanmaakdatum, aangemaakt*, gemaakt op, toegevoegd op',
      pt: 'data de criacao, criado*, data de cadastro, adicionado em',
      pl: 'data utworzenia, utworzono*, data dodania, dodano',
      cs: 'datum vytvoreni, vytvoreno*, datum pridani',
      bg: 'дата на създаване, създаден*, дата на добавяне, добавен*',
      ru: 'дата создания, создан*, дата добавления, добавлен*',
      uk: 'дата створення, створено*',
      he: 'תאריך יצירה, נוצר',
    },
  },
  {
    means: 'currency',
    phrases: {
      en: 'currency*, currencyisocode',
      de: 'wahrung',
      fr: 'devise',
      es: 'moneda, divisa',
      it: 'valuta',
      pt: 'moeda',
      pl: 'waluta',
      cs: 'mena',
      bg: 'валута',
      he: 'מטבע',
    },
  },
  {
    means: 'amount',
    phrases: {
      en: 'amount*, deal value, deal amount, deal size, won value, contract value, total value, order value, opportunity value, opportunity amount, =value, acv, tcv, arr, mrr',
      de: 'betrag, auftragswert, auftragsvolumen, dealwert, =wert',
      fr: 'montant*, =valeur',
      es: 'importe*, monto*, =valor',
      it: 'importo*, =valore',
      nl: 'bedrag*, dealwaarde, =waarde',
      pt: 'montante*, =valor, valor do negocio',
      pl: 'kwota*, =wartosc, wartosc transakcji',
      cs: 'castka, =hodnota',
      bg: 'сума*, стойност*',
      ru: 'сумма*, стоимость*, бюджет сделки',
      uk: 'сума*, вартість*',
      he: 'סכום',
    },
  },
  {
    means: 'outcome',
    phrases: {
      en: 'lifecycle stage, lifecyclestage, life cycle stage, =lifecycle, lead status, hs lead status, lead stage, leadstatus, contact status, contact stage, customer status, customer stage, deal stage, dealstage, deal status, opportunity stage, opportunity status, sales stage, sales status, funnel stage, pipeline stage, stage name, =stage, =status, =outcome, =result, =disposition',
      de: 'leadstatus, kontaktstatus, lebenszyklus*, =phase, lead phase, dealphase, vertriebsphase, =ergebnis',
      fr: 'statut du lead, statut du contact, phase du cycle*, cycle de vie, =statut, =etape, =phase, =resultat',
      es: 'estado del lead, estado del contacto, etapa del ciclo*, ciclo de vida, =estado, =etapa, =fase, =resultado',
      it: 'stato del lead, stato lead, ciclo di vita, =stato, =fase, =esito',
      nl: 'levenscyclus*, =fase, =resultaat',
      pt: 'status do lead, etapa do ciclo*, ciclo de vida, =etapa, =fase, =estagio, =situacao, =resultado',
      pl: 'status leada, cykl zycia, =etap, =wynik',
      cs: '=stav, =faze, =vysledek',
      bg: 'статус*, =етап, =фаза, =резултат, етап на *',
      ru: 'статус*, =этап, =стадия, =результат, этап сделки, стадия сделки',
      uk: 'статус*, =етап, =стадія, =результат',
      he: 'סטטוס, שלב, תוצאה',
      tr: '=durum, =asama',
    },
  },
  { means: 'userId', phrases: { en: 'user id, userid, app user id, external id, external user id' } },
]
