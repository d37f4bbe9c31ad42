from app.commands import entraide

entraide()
