/**
 * Industries and how forms, CRMs and people spell them; the whole answer must be one of these (without case, accents and
 * punctuation). An industry not listed stays as it was given.
 */
export const INDUSTRIES: Readonly<Record<string, string>> = {
  it: 'it, it services, it sector, it industry, it company, it and services, it services and it consulting, it consulting, it dienstleistungen, it branche, information technology, information technologies, information technology and services, information technology services, informationstechnologie, informationstechnik, technologies de l information, informatique, informatica, tecnologias de la informacion, tecnologia de la informacion, tecnologia da informacao, tecnologie informatiche, servicios informaticos, ict, technologie informacyjne, informatyka, branza it, ит, ит сектор, ит услуги, ит индустрия, информационни технологии, информационные технологии, інформаційні технології, айти, טכנולוגיות מידע, טכנולוגיית מידע, הייטק, היי טק, מערכות מידע',
  software:
    'software, saas, b2b saas, software as a service, computer software, software development, software company, software and saas, softwareentwicklung, logiciel, logiciels, edition de logiciels, desarrollo de software, sviluppo software, desenvolvimento de software, softwareontwikkeling, oprogramowanie, tworzenie oprogramowania, vyvoj softwaru, софтуер, разработка на софтуер, софтуерна разработка, программное обеспечение, разработка по, разработка программного обеспечения, תוכנה, פיתוח תוכנה',
  finance:
    'finance, financial services, banking, bank, finanzdienstleistungen, finanzen, banken, services financiers, banque, servicios financieros, banca, servizi finanziari, finanse, bankowosc, uslugi finansowe, финанси, банково дело, финансови услуги, финансы, банки, финансовые услуги, פיננסים, בנקאות, שירותים פיננסיים',
  insurance:
    'insurance, versicherung, versicherungen, assurance, assurances, seguros, assicurazioni, verzekeringen, ubezpieczenia, pojisteni, застраховане, застраховки, страхование, страхування, ביטוח',
  healthcare:
    'healthcare, health care, health, medical, hospital and health care, gesundheitswesen, gesundheit, sante, salud, sanidad, sanita, gezondheidszorg, saude, ochrona zdrowia, opieka zdrowotna, medycyna, zdravotnictvi, здравеопазване, медицина, здравоохранение, בריאות, רפואה',
  pharmaceuticals:
    'pharmaceuticals, pharma, pharmaceutical, biotech, biotechnology, pharmaindustrie, pharmazie, pharmacie, farmaceutica, farmacia, farmacja, фармация, фармацевтика, פארמה',
  education:
    'education, edtech, e learning, higher education, education management, bildung, bildungswesen, enseignement, educacion, istruzione, formazione, onderwijs, educacao, edukacja, szkolnictwo, vzdelavani, образование, освіта, חינוך',
  manufacturing:
    'manufacturing, industrial, industry, production, fertigung, produktion, produzierendes gewerbe, fabrication, manufactura, fabricacion, produzione, manifatturiero, industria manifatturiera, productie, manufatura, produkcja, przemysl, vyroba, производство, промышленность, виробництво, ייצור, תעשייה',
  retail:
    'retail, einzelhandel, handel, commerce de detail, distribution, comercio minorista, vendita al dettaglio, detailhandel, varejo, retalho, handel detaliczny, maloobchod, търговия на дребно, розничная торговля, роздрібна торгівля, קמעונאות',
  ecommerce:
    'ecommerce, e commerce, online retail, online shop, onlinehandel, commerce electronique, comercio electronico, commercio elettronico, comercio eletronico, handel elektroniczny, електронна търговия, электронная коммерция, интернет торговля, סחר אלקטרוני, איקומרס',
  construction:
    'construction, building, bau, bauwesen, baugewerbe, batiment, btp, construccion, edilizia, costruzioni, bouw, construcao, budownictwo, stavebnictvi, строителство, строительство, будівництво, בנייה, בניה',
  real_estate:
    'real estate, property, immobilien, immobilier, inmobiliaria, bienes raices, immobiliare, vastgoed, imobiliario, nieruchomosci, reality, недвижими имоти, недвижимость, нерухомість, נדלן',
  logistics:
    'logistics, transportation, transport, logistics and supply chain, supply chain, logistik, spedition, logistique, logistica, transporte, trasporti, logistiek, logistyka, doprava, логистика, транспорт, логістика, לוגיסטיקה, תחבורה',
  marketing:
    'marketing, advertising, marketing and advertising, marketing agency, advertising agency, werbung, publicite, publicidad, mercadotecnia, pubblicita, publicidade, reklama, маркетинг, реклама, маркетинг и реклама, שיווק, פרסום, שיווק ופרסום',
  consulting:
    'consulting, management consulting, business consulting, professional services, beratung, unternehmensberatung, conseil, consultoria, consulenza, advies, doradztwo, konsulting, poradenstvi, консултиране, консултантски услуги, консалтинг, ייעוץ',
  legal:
    'legal, law, legal services, law practice, recht, rechtsberatung, juridique, servicios legales, servizi legali, prawo, uslugi prawne, право, правни услуги, юриспруденция, юридические услуги, משפטים',
  hospitality:
    'hospitality, hotels, tourism, travel, leisure travel and tourism, restaurants, hotellerie, gastronomie, tourismus, tourisme, hosteleria, turismo, ristorazione, horeca, turystyka, hotelarstwo, gastronomia, cestovni ruch, туризм, хотелиерство, ресторантьорство, гостиничный бизнес, תיירות, מלונאות',
  telecommunications:
    'telecommunications, telecom, telco, telekommunikation, telecommunication, telecomunicaciones, telecomunicazioni, telecomunicacoes, telekomunikacja, telekomunikace, телекомуникации, телекоммуникации, תקשורת',
  media:
    'media, media and entertainment, entertainment, publishing, medien, medias, medios, media e intrattenimento, медии, сми, מדיה',
  energy:
    'energy, oil and gas, utilities, renewables, renewable energy, energie, energia, energetyka, energetika, енергетика, энергетика, אנרגיה',
  agriculture:
    'agriculture, farming, landwirtschaft, agricultura, agricoltura, landbouw, rolnictwo, zemedelstvi, земеделие, сельское хозяйство, חקלאות',
  automotive:
    'automotive, automobilindustrie, automobil, automobile, automocion, automotriz, motoryzacja, автомобилна индустрия, автомобильная промышленность, רכב',
  nonprofit:
    'nonprofit, non profit, ngo, charity, non profit organization, gemeinnutzig, association, ong, sin fines de lucro, organizacja pozarzadowa, нпо, нко, неправителствена организация, עמותה, מלכר',
  government:
    'government, public sector, government administration, public administration, offentlicher dienst, verwaltung, secteur public, administration publique, administracion publica, sector publico, pubblica amministrazione, overheid, administracja publiczna, administracja, държавна администрация, публичен сектор, госсектор, государственное управление, ממשלה, מגזר ציבורי',
}
