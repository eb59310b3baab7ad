/** A CRM's export, as HubSpot writes one; people are made up. */
export const HUBSPOT = `Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title,Lifecycle Stage,Lead Status,Create Date,Last Modified Date,Close Date,Recent Deal Amount,Contact owner,Number of Employees,Shoe size
101,Anna,Schmidt,Anna.Schmidt@globex.example,+49 30 1234567,Globex GmbH,Leiterin Marketing,customer,,2025-03-01 09:12,,2025-06-30,"€ 12,500.00",Mara,201-500,39
102,Piotr,Nowak,piotr@initech.example,,Initech,CTO,salesqualifiedlead,IN_PROGRESS,2025-05-11 12:00,,,,Mara,50,
103,Test,Test,test@test.com,,,,lead,NEW,2025-05-11 12:00,,,,,,
104,Ivo,Petrov,ivo@umbrella.example,,Umbrella,Director,opportunity,UNQUALIFIED,2025-05-11 12:00,,2025-08-01,,,,
105,Lee,Wong,lee@hooli.example,,Hooli,,lead,BAD_TIMING,2025-05-11 12:00,,,,,,
106,Zoe,Mars,zoe@pied.example,,Pied,,marketingqualifiedlead,,2025-05-11 12:00,,,,,,
107,Max,Roe,max@stark.example,,Stark,,In limbo,,2025-05-11 12:00,,,,,,
`

/** A Bulgarian spreadsheet: semicolons, decimal commas, days first. */
export const BULGARIAN = `Имена;Имейл;Телефон;Фирма;Длъжност;Статус;Дата на създаване;Дата на приключване;Сума;Валута;Отговорник
Мария Иванова;maria@primer-firma.example;+359 88 123 4567;Фирма ООД;Маркетинг мениджър;Спечелена;01.02.2025;15.03.2025;12 500,50;BGN;Иво
Георги Георгиев;georgi@druga.example;;Друга АД;Управител;Загубена;05.03.2025;;;;Иво
`
