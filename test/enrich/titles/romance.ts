/** See germanic.ts. */
export const ROMANCE: Readonly<Record<string, string>> = {
  French: `
    PDG                                              | c_level    | general_management
    P.-D.G.                                          | c_level    | general_management
    Présidente-directrice générale                   | c_level    | general_management
    DG                                               | c_level    | general_management
    Directeur général adjoint                        | -          | -
    Gérante                                          | c_level    | general_management
    Assistante de direction                          | specialist | -
    Assistant du directeur commercial                | specialist | sales
    DRH                                              | director   | hr
    DAF                                              | director   | finance
    DSI                                              | director   | it
    Directeur administratif et financier             | director   | finance
    Directrice de la communication                   | director   | marketing
    Directeur des achats                             | director   | procurement
    Directeur technique                              | director   | engineering
    Directrice juridique                             | director   | legal
    Directeur des opérations                         | director   | operations
    Responsable RH                                   | head       | hr
    Responsable informatique                         | head       | it
    Responsable commercial et marketing              | head       | sales
    Responsable des achats                           | head       | procurement
    Cheffe de projet digital                         | manager    | -
    Chef de produit                                  | manager    | product
    Chef d'équipe logistique                         | lead       | operations
    Chef du service comptabilité                     | head       | finance
    Chargée de communication                         | specialist | marketing
    Chargé de recrutement                            | specialist | hr
    Ingénieur d'affaires                             | specialist | sales
    Ingénieure logiciel                              | specialist | engineering
    Commercial terrain                               | specialist | sales
    Comptable                                        | specialist | finance
    Acheteuse                                        | specialist | procurement
    Développeur web senior                           | senior     | engineering
    Technico-commercial                              | specialist | sales
    Alternante marketing                             | intern     | marketing
    Étudiant                                         | -          | -
    Fondatrice                                       | owner      | general_management
    Chef d'entreprise                                | owner      | general_management
    Conseillère clientèle                            | specialist | support
    Consultante                                      | specialist | -
  `,
  Spanish: `
    Director General                                 | c_level    | general_management
    Directora General                                | c_level    | general_management
    Consejero Delegado                               | c_level    | general_management
    Gerente                                          | manager    | -
    Director Comercial                               | director   | sales
    Directora Financiera                             | director   | finance
    Director de RRHH                                 | director   | hr
    Directora de Recursos Humanos                    | director   | hr
    Director de Tecnología                           | director   | engineering
    Subdirector de Marketing                         | -          | marketing
    Director adjunto                                 | -          | -
    Asistente de dirección                           | specialist | -
    Secretaria del Director General                  | specialist | -
    Jefe de Compras                                  | head       | procurement
    Jefa de Ventas y Marketing                       | head       | sales
    Jefe de Logística                                | head       | operations
    Jefe de Proyecto                                 | manager    | -
    Jefe de Equipo                                   | lead       | -
    Responsable de Comunicación                      | head       | marketing
    Responsable de Sistemas                          | head       | it
    Gerente de Operaciones                           | manager    | operations
    Coordinadora de Marketing Digital                | specialist | marketing
    Ejecutiva de cuentas                             | specialist | sales
    Ejecutivo de Ventas                              | specialist | sales
    Asesor jurídico                                  | specialist | legal
    Abogada                                          | specialist | legal
    Contable                                         | specialist | finance
    Ingeniero de Software                            | specialist | engineering
    Programadora junior                              | junior     | engineering
    Técnico de Soporte                               | specialist | support
    Agente de atención al cliente                    | specialist | support
    Practicante de RR.HH.                            | intern     | hr
    Estudiante                                       | -          | -
    Dueña                                            | owner      | general_management
    Fundador y CEO                                   | c_level    | general_management
    Socio                                            | owner      | general_management
    Autónomo                                         | owner      | general_management
    Vicepresidenta de Ventas                         | vp         | sales
    Profesora                                        | specialist | education
  `,
  Italian: `
    AD                                               | c_level    | general_management
    Amministratrice Delegata                         | c_level    | general_management
    Amministratore Unico                             | c_level    | general_management
    Direttrice Generale                              | c_level    | general_management
    Vice Direttore                                   | -          | -
    Assistente di direzione                          | specialist | -
    Segretaria dell'amministratore delegato          | specialist | -
    Direttore Commerciale                            | director   | sales
    Direttrice Marketing e Comunicazione             | director   | marketing
    Direttore del Personale                          | director   | hr
    Direttore Amministrativo                         | director   | finance
    Direttore di Stabilimento                        | director   | operations
    Direttore Tecnico                                | director   | engineering
    Responsabile Acquisti                            | head       | procurement
    Responsabile Risorse Umane                       | head       | hr
    Responsabile IT                                  | head       | it
    Responsabile Vendite e Marketing                 | head       | sales
    Responsabile amministrazione e finanza           | head       | finance
    Responsabile Qualità                             | head       | -
    Capo progetto                                    | manager    | -
    Capo ufficio acquisti                            | head       | procurement
    Capoturno                                        | lead       | -
    Impiegata commerciale                            | specialist | sales
    Impiegato amministrativo                         | specialist | -
    Addetta marketing                                | specialist | marketing
    Ingegnere meccanico                              | specialist | engineering
    Sviluppatore software                            | specialist | engineering
    Sistemista                                       | specialist | it
    Ragioniera                                       | specialist | finance
    Commercialista                                   | specialist | finance
    Avvocato                                         | specialist | legal
    Agente di commercio                              | specialist | sales
    Consulente                                       | specialist | -
    Stagista HR                                      | intern     | hr
    Studentessa                                      | -          | -
    Titolare                                         | owner      | general_management
    Socia fondatrice                                 | owner      | general_management
    Libero professionista                            | owner      | general_management
    Addetto assistenza clienti                       | specialist | support
    Insegnante                                       | specialist | education
  `,
  Portuguese: `
    Diretor-geral                                    | c_level    | general_management
    Diretora Executiva                               | c_level    | general_management
    Presidente                                       | c_level    | general_management
    Vice-presidente de Vendas                        | vp         | sales
    Administrador                                    | -          | -
    Sócio-gerente                                    | owner      | general_management
    Proprietária                                     | owner      | general_management
    Diretor Comercial                                | director   | sales
    Diretora Financeira                              | director   | finance
    Diretor de TI                                    | director   | it
    Diretor de RH                                    | director   | hr
    Diretor Industrial                               | director   | operations
    Diretor adjunto                                  | -          | -
    Subdiretora                                      | -          | -
    Assistente de diretoria                          | specialist | -
    Secretária executiva                             | specialist | -
    Gerente Geral                                    | director   | general_management
    Gerente de Compras                               | manager    | procurement
    Gerente de Projetos                              | manager    | -
    Gestora de Marketing                             | manager    | marketing
    Gerente de Marketing e Vendas                    | manager    | marketing
    Chefe de Logística                               | head       | operations
    Chefe do departamento jurídico                   | head       | legal
    Responsável de Recursos Humanos                  | head       | hr
    Coordenador de Comunicação                       | specialist | marketing
    Supervisora de atendimento                       | lead       | support
    Líder de equipe                                  | lead       | -
    Analista de Marketing Sênior                     | senior     | marketing
    Analista Financeiro Jr                           | junior     | finance
    Analista de Sistemas                             | specialist | it
    Engenheira de Software                           | specialist | engineering
    Desenvolvedor                                    | specialist | engineering
    Vendedora                                        | specialist | sales
    Comprador                                        | specialist | procurement
    Contabilista                                     | specialist | finance
    Advogado                                         | specialist | legal
    Estagiária                                       | intern     | -
    Estudante                                        | -          | -
    Professora universitária                         | -          | education
    Empresário                                       | owner      | general_management
  `,
}
