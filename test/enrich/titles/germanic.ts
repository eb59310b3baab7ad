/**
 * Job titles as people write them, with the seniority and function that a sensible reader gives them; `-` where the title
 * does not say. Written down before the lexicons were asked.
 */
export const GERMANIC: Readonly<Record<string, string>> = {
  English: `
    Head of Sales & Marketing                        | head       | sales
    Marketing & Sales Manager                        | manager    | marketing
    Product Marketing Manager                        | manager    | marketing
    Marketing Operations Specialist                  | specialist | marketing
    Sales Engineer                                   | specialist | sales
    Executive Assistant                              | specialist | -
    Assistant to the CEO                             | specialist | -
    PA to the Managing Director                      | specialist | -
    Account Executive                                | specialist | sales
    Managing Director                                | c_level    | general_management
    Director of Photography                          | -          | -
    Controller                                       | -          | finance
    Chief of Staff                                   | -          | -
    Partner                                          | owner      | general_management
    Consultant                                       | specialist | -
    Manager                                          | manager    | -
    Director                                         | director   | -
    Marketing                                        | -          | marketing
    CEO                                              | c_level    | general_management
    COO                                              | c_level    | operations
    CTO                                              | c_level    | engineering
    CFO & Co-Founder                                 | c_level    | finance
    Chief People Officer                             | c_level    | hr
    Chief Product Officer                            | c_level    | product
    Chief Revenue Officer                            | c_level    | sales
    SVP, Global Sales                                | vp         | sales
    EVP Operations                                   | vp         | operations
    Vice-President Human Resources                   | vp         | hr
    Assistant Vice President                         | -          | -
    Deputy Head of Marketing                         | -          | marketing
    Associate General Counsel                        | -          | legal
    Group Head of Internal Audit                     | head       | finance
    Senior Director of Engineering                   | director   | engineering
    Senior Manager, Demand Generation                | manager    | marketing
    Sr. Software Developer                           | senior     | engineering
    Principal Engineer                               | senior     | engineering
    Lead Developer                                   | lead       | engineering
    Customer Success Manager                         | manager    | support
    Customer Service Representative                  | specialist | support
    Talent Acquisition Manager                       | manager    | hr
    Supply Chain Analyst                             | specialist | operations
    Quality Assurance Manager (manufacturing)        | manager    | -
    Warehouse Supervisor                             | lead       | operations
    Export Manager                                   | manager    | sales
    Strategic Sourcing Lead                          | lead       | procurement
    Founder                                          | owner      | general_management
    Self-employed                                    | owner      | general_management
    Summer Intern, Finance                           | intern     | finance
    Marketing trainee                                | intern     | marketing
    PhD student                                      | -          | -
    Retired                                          | -          | -
    Jr. Graphic Designer                             | junior     | -
    Legal Counsel                                    | specialist | legal
    Systems Administrator                            | specialist | it
    University Lecturer                              | -          | education
  `,
  German: `
    GF                                               | c_level    | general_management
    Geschäftsführender Gesellschafter                | c_level    | general_management
    Gesellschafter-Geschäftsführer                   | c_level    | general_management
    Geschäftsführer Vertrieb                         | c_level    | sales
    Mitglied der Geschäftsleitung                    | c_level    | general_management
    Vorstand Finanzen                                | c_level    | finance
    Vorstandsassistentin                             | specialist | -
    Assistentin der Geschäftsleitung                 | specialist | -
    Inh.                                             | owner      | general_management
    Kfm. Leiter                                      | head       | finance
    Kaufmännische Leiterin                           | head       | finance
    Technischer Leiter                               | head       | engineering
    Leiter IT                                        | head       | it
    Leiterin Personal und Recht                      | head       | hr
    Leitung Unternehmenskommunikation                | head       | marketing
    Vertriebs- und Marketingleiter                   | head       | sales
    Bereichsleiter Einkauf                           | head       | procurement
    Abteilungsleiterin Kundenservice                 | head       | support
    Leitender Angestellter                           | head       | -
    Personalreferentin                               | specialist | hr
    Einkäufer                                        | specialist | procurement
    Vertriebsmitarbeiterin im Außendienst            | specialist | sales
    Key-Account-Managerin                            | manager    | sales
    Produktmanager                                   | manager    | product
    Projektleiter                                    | manager    | -
    Teamleitung Buchhaltung                          | lead       | finance
    Lagerleiter                                      | head       | operations
    Bilanzbuchhalterin                               | specialist | finance
    Sachbearbeiterin Auftragsabwicklung              | specialist | -
    Werkstudent Online-Marketing                     | intern     | marketing
    Auszubildende zur Industriekauffrau              | intern     | -
    stv. Abteilungsleiter                            | -          | -
    Prokurist                                        | -          | -
    Datenschutzbeauftragter                          | -          | legal
    Fachinformatikerin                               | specialist | it
    Entwicklungsingenieur                            | specialist | engineering
    Rechtsanwältin                                   | specialist | legal
    Syndikusrechtsanwalt                             | specialist | legal
    Direktor Marketing                               | director   | marketing
    Geschäftsführerin (CEO)                          | c_level    | general_management
  `,
  Dutch: `
    Algemeen directeur                               | c_level    | general_management
    DGA                                              | -          | -
    Directeur-grootaandeelhouder                     | owner      | general_management
    Directeur-eigenaar                               | owner      | general_management
    Bestuurder                                       | c_level    | general_management
    Zaakvoerder                                      | owner      | general_management
    Commercieel directeur                            | director   | sales
    Financieel directeur                             | director   | finance
    Directeur Operations                             | director   | operations
    Directiesecretaresse                             | specialist | -
    Managementassistente                             | specialist | -
    Assistent van de directeur                       | specialist | -
    Hoofd Inkoop                                     | head       | procurement
    Hoofd personeelszaken                            | head       | hr
    Hoofd ICT                                        | head       | it
    Hoofd communicatie en marketing                  | head       | marketing
    Afdelingshoofd logistiek                         | head       | operations
    Verkoopleider                                    | head       | sales
    Teamleider klantenservice                        | lead       | support
    Marketingmanager                                 | manager    | marketing
    Accountmanager                                   | manager    | sales
    Projectleider                                    | manager    | -
    HR-adviseur                                      | specialist | hr
    Inkoper                                          | specialist | procurement
    Vertegenwoordiger                                | specialist | sales
    Boekhouder                                       | specialist | finance
    Medewerker binnendienst                          | specialist | sales
    Bedrijfsjurist                                   | specialist | legal
    Softwareontwikkelaar                             | specialist | engineering
    Systeembeheerder                                 | specialist | it
    Senior Inkoopmedewerker                          | senior     | procurement
    Stagiaire communicatie                           | intern     | marketing
    Adjunct-directeur                                | -          | -
    Plaatsvervangend hoofd financiën                 | -          | finance
    Student                                          | -          | -
    Oprichter                                        | owner      | general_management
    Docent                                           | specialist | education
    Verkoopmedewerkster                              | specialist | sales
    Productieleider                                  | head       | operations
  `,
}
