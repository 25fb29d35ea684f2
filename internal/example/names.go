package example

import "strings"

// community is a set of names that are common together. Family names and given
// names are drawn from it independently, so nobody in particular is meant.
type community struct{ female, male, family []string }

// communities are the names by the background of the equality questions. Those
// of mixed background draw from two.
var communities = map[string]community{
	"british": {
		words(`Emily Sophie Charlotte Lauren Megan Hannah Jessica Rebecca Amy Chloe Bethany Lucy Katie Georgia Abigail Holly
			Rachel Eleanor Alice Laura Gemma Natalie Kirsty Stacey Zoe Jodie Leanne Kelly Samantha Victoria Claire Joanne
			Lindsay Heather Paige Imogen Phoebe Poppy Daisy Freya Isobel Harriet Rosie Molly Ellie Caitlin Shannon Courtney
			Amber Jade Kayleigh Danielle Natasha Nicola Helen Fiona Ruth Catherine Philippa Tamsin`),
		words(`Thomas James Daniel Matthew Joshua Ryan Luke Adam Liam Jack Benjamin Samuel Callum Lewis Connor Alexander
			Andrew Craig Stuart Gareth Simon Neil Martin Scott Kieran Nathan Aaron Owen Rhys Toby`),
		words(`Ashworth Barlow Bickerton Blakeley Bramall Brierley Calloway Carrington Chadwick Clegg Colley Cotterill Crossley
			Dawber Dearden Denholm Dewhurst Dunmore Eastwood Ellison Fairclough Fawcett Fenwick Firth Garside Gledhill Goddard
			Greenhalgh Hadfield Halliwell Hargreaves Hartley Haworth Heaton Hepworth Holroyd Horsfall Ibbotson Illingworth
			Jessop Kearsley Kershaw Langstaff Lingard Lockwood Lomax Marsden Mellor Midgley Naylor Nuttall Oldroyd Ormerod
			Pargeter Pickles Plumb Pomfret Radcliffe Ramsden Rawlinson Redfearn Rishworth Rowbotham Sedgwick Shackleton
			Sharples Shuttleworth Slater Stansfield Sutcliffe Tattersall Thackray Threlfall Tunnicliffe Uttley Varley
			Wadsworth Waterhouse Whitaker Widdowson Winterbottom Woolley Wrigley Yardley Tremaine Penhale Trevorrow Polglase
			Nethercott Larcombe Pascoe Hockaday Bulpitt Ballard Sallows Thurgood Cobbold Gotobed Pledger Twinn Hipkin
			Bellamy Stannard Chenery Youngman Rackham Hewish`)},
	"irish": {
		words(`Aoife Niamh Siobhan Ciara Orla Roisin Grainne Maeve Sinead Deirdre Clodagh Aisling`),
		words(`Conor Cian Eoin Declan Padraig Fergal Cormac Donal`),
		words(`Brannigan Cafferty Corrigan Devaney Feeney Gallagher Heneghan Kilbride Lafferty McGeehan McInerney Mulhern
			O’Boyle O’Grady O’Halloran Quilligan Rafferty Tierney`)},
	"eastern": {
		words(`Agnieszka Katarzyna Magdalena Joanna Ewelina Ioana Andreea Elena Gabriela Rasa Ieva Zuzana Monika Ilona`),
		words(`Tomasz Piotr Marcin Andrei Mihai Jonas Pavel Lukasz`),
		words(`Kowalczyk Wrona Zielonka Bednarz Sikora Majewicz Dudek Popescu Ionita Moraru Petrauskas Balciunas Novotny
			Horvath Kral Ferreira Moniz Rossetti Papadakis Schreiber`)},
	"caribbean": {
		words(`Shanice Keisha Simone Monique Tanisha Leonie Jasmine Camille Natalia Rochelle Yvette Marcia Shereen Kezia`),
		words(`Marlon Dwayne Jermaine Leroy Andre Curtis Tyrone Delroy`),
		words(`Bartley Beckford Bogle Brathwaite Campbell Cargill Chambers Dacosta Ellington Fagan Gayle Grizzle Hibbert
			Linton McKenzie Mowatt Pinnock Samuels Sinclair Wray`)},
	"african": {
		words(`Adaeze Chiamaka Funmilayo Ngozi Temitope Yetunde Abena Akosua Esi Tendai Rudo Nyasha Chipo Hodan Ayaan Fatou
			Wanjiru Thandiwe Blessing Folake Ifeoma Omolara`),
		words(`Chinedu Emeka Tunde Segun Kwame Kofi Tapiwa Farai Abdirahman Mukasa Olumide Ibrahima`),
		words(`Adebayo Afolabi Okonkwo Eze Nwosu Oyelaran Balogun Asante Boateng Owusu Mensah Darko Moyo Ncube Chirwa
			Mutasa Sibanda Warsame Farah Jama Kamau Otieno Mbeki Sesay Kanu Diallo Tekle Haile`)},
	"indian": {
		words(`Priya Anjali Kavita Neha Pooja Sunita Harpreet Jaspreet Manpreet Simran Deepika Meera Nisha Ruchi`),
		words(`Arjun Rohan Vikram Sanjay Gurpreet Harjit Nikhil Amit`),
		words(`Ahluwalia Bains Chauhan Desai Dhaliwal Gandhi Gill Joshi Kapoor Mistry Nair Pillai Purohit Rao Sandhu Sethi
			Thakrar Vaghela Virdee`)},
	"pakistani": {
		words(`Aisha Saima Nadia Sana Zainab Rabia Mehwish Iqra Hina Shazia Amina Farzana Sumaira Maryam`),
		words(`Imran Bilal Usman Adnan Faisal Hamza Kashif Tariq`),
		words(`Akhtar Anwar Arshad Aslam Bashir Butt Chaudhry Dar Ghafoor Hafeez Iqbal Javed Khalid Mahmood Mirza Nawaz Qureshi
			Rafiq Sarwar Siddiqui Yaqub Zaman`)},
	"bangladeshi": {
		words(`Nasrin Sultana Rumana Tahmina Shirin Farhana Nazia Rehana Jannat Tasnim`),
		words(`Shahid Kamrul Rafiqul Mizan Saiful Tanvir`),
		words(`Alam Choudhury Haque Islam Kabir Khatun Miah Mohiuddin Rahman Sarkar Talukder Uddin`)},
	"chinese": {
		words(`Mei Ling Xinyi Wai-Yee Siu Jia Yan Hui`), words(`Wei Jun Ka-Ming Hao Chun Zhen`),
		words(`Chan Cheung Fung Ho Lam Leung Ng Tang Wong Yip Zhao Zhou`)},
	"asian": {
		words(`Dilini Tharushi Lakshmi Sithara Maricel Jocelyn Sunisa Hiroko Shabnam Parisa Zahra Nilufar`),
		words(`Kasun Ruwan Suresh Jomar Arash Farhad Dawit Minh`),
		words(`Bandara Fernando Gunasekara Perera Sivakumar Thevarajah Santos Villanueva Ahmadi Rahimi Tran Nguyen Suzuki`)},
	"arab": {
		words(`Layla Yasmin Rana Dina Huda Samira Salma Nour`), words(`Karim Omar Khaled Yousef Tarek Sami`),
		words(`Al-Masri Haddad Khoury Mansour Nasser Saleh Sabbagh Tawfik Zaki Benali`)},
	"other": {
		words(`Zeynep Elif Dilan Leyla Shilan Valentina Camila Renata`), words(`Emre Baran Azad Mateo Rafael Diego`),
		words(`Aydin Demir Kaya Yilmaz Barzani Hasani Restrepo Quispe Vargas Cardozo`)},
}

// namesOf are the communities that a background draws its names from: the first
// for given names, the second for family names.
var namesOf = map[string][2]string{
	"white_british": {"british", "british"}, "white_irish": {"irish", "irish"}, "white_gypsy_traveller": {"british", "irish"},
	"white_other": {"eastern", "eastern"}, "mixed_white_black_caribbean": {"british", "caribbean"},
	"mixed_white_black_african": {"british", "african"}, "mixed_white_asian": {"british", "indian"},
	"mixed_other": {"caribbean", "other"}, "asian_indian": {"indian", "indian"}, "asian_pakistani": {"pakistani", "pakistani"},
	"asian_bangladeshi": {"bangladeshi", "bangladeshi"}, "asian_chinese": {"chinese", "chinese"}, "asian_other": {"asian", "asian"},
	"black_african": {"african", "african"}, "black_caribbean": {"caribbean", "caribbean"}, "black_other": {"caribbean", "african"},
	"other_arab": {"arab", "arab"}, "other_other": {"other", "other"},
}

func words(text string) []string { return strings.Fields(text) }
